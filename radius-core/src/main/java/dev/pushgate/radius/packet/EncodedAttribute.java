package dev.pushgate.radius.packet;

import java.util.Arrays;
import java.util.HexFormat;

/** An attribute as it stands in a packet. Immutable. */
public final class EncodedAttribute {
  private final int type;
  private final byte[] value;

  /**
   * @param type its number, 1 to 255
   * @param value 0 to 253 octets; copied
   * @throws IllegalArgumentException when it cannot stand in a packet
   */
  public EncodedAttribute(int type, byte[] value) {
    if (type < 1 || type > 255 || value.length > 253) {
      throw new IllegalArgumentException(
          "attribute " + type + " with " + value.length + " octets cannot be sent");
    }
    this.type = type;
    this.value = value.clone();
  }

  /**
   * The Vendor-Specific attribute (RFC 2865 section 5.26) with one attribute of a vendor in it.
   *
   * @param vendor its private enterprise number
   * @param typeOctets how many octets the vendor's types have: 1, 2 or 4
   * @param lengthOctets how many octets the vendor's lengths have: 0, 1 or 2
   * @param type number among the vendor's own
   */
  public static EncodedAttribute ofVendor(
      long vendor, int typeOctets, int lengthOctets, long type, byte[] value) {
    int header = typeOctets + lengthOctets;
    byte[] octets = new byte[4 + header + value.length];
    put(octets, 0, 4, vendor);
    put(octets, 4, typeOctets, type);
    put(octets, 4 + typeOctets, lengthOctets, header + (long) value.length);
    System.arraycopy(value, 0, octets, 4 + header, value.length);
    return new EncodedAttribute(AttributeType.VENDOR_SPECIFIC, octets);
  }

  private static void put(byte[] octets, int offset, int width, long number) {
    for (int i = 0; i < width; i++) {
      octets[offset + i] = (byte) (number >>> (8 * (width - 1 - i)));
    }
  }

  /** Its number, 1 to 255. */
  public int type() {
    return type;
  }

  /** Its value, 0 to 253 octets; a copy. */
  public byte[] value() {
    return value.clone();
  }

  /** How many octets it takes in a packet. */
  int length() {
    return 2 + value.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedAttribute that
        && type == that.type
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * type + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return type + "=0x" + HexFormat.of().formatHex(value);
  }
}
