package dev.pushgate.radius.dictionary;

/**
 * A vendor, and how its attributes stand inside Vendor-Specific (RFC 2865 section 5.26).
 *
 * @param name as dictionaries call it
 * @param number its private enterprise number
 * @param typeOctets width of the type: 1, 2 or 4
 * @param lengthOctets width of the length: 0, 1 or 2
 */
public record Vendor(String name, long number, int typeOctets, int lengthOctets) {

  /** A vendor that follows the suggestion of the RFC. */
  static Vendor usual(String name, long number) {
    return new Vendor(name, number, 1, 1);
  }

  /** The highest number that an attribute of this vendor can have. */
  long highestType() {
    return (1L << (8 * typeOctets)) - 1;
  }

  /** How many octets a value of this vendor can have. */
  int longestValue() {
    return 253 - 4 - typeOctets - lengthOctets;
  }
}
