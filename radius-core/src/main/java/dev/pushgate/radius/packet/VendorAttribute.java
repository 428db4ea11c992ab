package dev.pushgate.radius.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The form that RFC 2865 section 5.26 suggests for what stands in a Vendor-Specific attribute. */
final class VendorAttribute {
  private static final int HEADER = 6;

  /** Octets that the value of one can have. */
  static final int MAX_VALUE = 253 - HEADER;

  private VendorAttribute() {}

  /**
   * The value of a Vendor-Specific attribute that holds one attribute of a vendor.
   *
   * @param vendor its private enterprise number
   * @param type number of the attribute among the vendor's own
   * @param value 0 to 247 octets
   */
  static byte[] encode(int vendor, int type, byte[] value) {
    if (value.length > MAX_VALUE) {
      throw new IllegalArgumentException(
          "a vendor's attribute of " + value.length + " octets: RADIUS carries " + MAX_VALUE);
    }
    return EncodedAttribute.ofVendor(vendor, 1, 1, type, value).value();
  }

  /**
   * The values of a vendor's attributes of one type that stand in a Vendor-Specific attribute; what
   * comes behind a malformed one is not seen.
   */
  static List<byte[]> decode(byte[] vendorSpecific, int vendor, int type) {
    List<byte[]> values = new ArrayList<>();
    if (vendorSpecific.length < HEADER || ByteBuffer.wrap(vendorSpecific).getInt() != vendor) {
      return values;
    }
    int offset = 4;
    while (offset + 2 <= vendorSpecific.length) {
      int end = offset + (vendorSpecific[offset + 1] & 0xff);
      if (end < offset + 2 || end > vendorSpecific.length) {
        return values;
      }
      if ((vendorSpecific[offset] & 0xff) == type) {
        values.add(Arrays.copyOfRange(vendorSpecific, offset + 2, end));
      }
      offset = end;
    }
    return values;
  }
}
