package dev.pushgate.radius.dictionary;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One of a vendor's attributes that stand inside a Vendor-Specific (RFC 2865 section 5.26). */
final class VendorPart {
  private final long type;
  private final byte[] value;

  private VendorPart(long type, byte[] value) {
    this.type = type;
    this.value = value;
  }

  /** Its number among the vendor's own. */
  long type() {
    return type;
  }

  /** Its value; not to be changed. */
  byte[] value() {
    return value;
  }

  /** Whose a Vendor-Specific value is, by private enterprise number; -1 where that is missing. */
  static long vendorOf(byte[] vendorSpecific) {
    return vendorSpecific.length < 4 ? -1 : number(vendorSpecific, 0, 4);
  }

  /**
   * Takes a Vendor-Specific value apart.
   *
   * @return nothing where it does not add up by the vendor's format
   */
  static List<VendorPart> of(byte[] vendorSpecific, Vendor vendor) {
    int header = vendor.typeOctets() + vendor.lengthOctets();
    List<VendorPart> parts = new ArrayList<>();
    for (int at = 4; at < vendorSpecific.length; ) {
      if (at + header > vendorSpecific.length) {
        return List.of();
      }
      long type = number(vendorSpecific, at, vendor.typeOctets());
      long length =
          vendor.lengthOctets() == 0
              ? vendorSpecific.length - at
              : number(vendorSpecific, at + vendor.typeOctets(), vendor.lengthOctets());
      if (length < header || at + length > vendorSpecific.length) {
        return List.of();
      }
      parts.add(
          new VendorPart(type, Arrays.copyOfRange(vendorSpecific, at + header, at + (int) length)));
      at += (int) length;
    }
    return parts;
  }

  private static long number(byte[] octets, int offset, int width) {
    return new BigInteger(1, Arrays.copyOfRange(octets, offset, offset + width)).longValue();
  }
}
