package dev.pushgate.radius.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.tinyradius.attribute.RadiusAttribute;
import org.tinyradius.packet.RadiusPacket;

/**
 * A packet whose structure is sound and whose Message-Authenticator, if any, is right.
 *
 * <p>Holds User-Password as it came, hidden; {@link #revealPassword} is the one way to it.
 */
public final class ReceivedPacket extends RadiusPacket {
  private final boolean signed;

  /** Which types are there: most questions are about one that is not. */
  private final BitSet types = new BitSet(256);

  ReceivedPacket(
      int code,
      int identifier,
      byte[] authenticator,
      List<RadiusAttribute> attributes,
      boolean signed) {
    super(code, identifier, attributes);
    setAuthenticator(authenticator);
    this.signed = signed;
    for (RadiusAttribute attribute : attributes) {
      types.set(attribute.getAttributeType());
    }
  }

  /**
   * Whether it carries a Message-Authenticator (which is right, or the packet would not be here).
   */
  public boolean isSigned() {
    return signed;
  }

  /** Whether an attribute of this type is there. */
  public boolean has(int type) {
    return types.get(type);
  }

  /** Whether an attribute of a vendor is there. */
  public boolean hasVendor(int vendor, int type) {
    return !vendorValues(vendor, type).isEmpty();
  }

  /** The values of all attributes of a type, in their order; 0 to 253 octets each. */
  public List<byte[]> values(int type) {
    if (!has(type)) {
      return List.of();
    }
    List<byte[]> values = new ArrayList<>();
    for (Object each : getAttributes()) {
      RadiusAttribute attribute = (RadiusAttribute) each;
      if (attribute.getAttributeType() == type) {
        values.add(attribute.getAttributeData());
      }
    }
    return values;
  }

  /** The value of the first attribute of a type. */
  public Optional<byte[]> value(int type) {
    if (!has(type)) {
      return Optional.empty();
    }
    for (Object each : getAttributes()) {
      RadiusAttribute attribute = (RadiusAttribute) each;
      if (attribute.getAttributeType() == type) {
        return Optional.of(attribute.getAttributeData());
      }
    }
    return Optional.empty();
  }

  /**
   * The value of the first attribute of a vendor, in the form that RFC 2865 section 5.26 suggests.
   *
   * @param vendor its private enterprise number
   * @param type number of the attribute among the vendor's own
   */
  public Optional<byte[]> vendorValue(int vendor, int type) {
    return vendorValues(vendor, type).stream().findFirst();
  }

  /** Whether a Vendor-Specific value is that vendor's, by its private enterprise number. */
  public static boolean isOfVendor(byte[] value, int vendor) {
    return value.length >= Integer.BYTES && ByteBuffer.wrap(value).getInt() == vendor;
  }

  /** The values of all attributes of a vendor's type, in their order. */
  public List<byte[]> vendorValues(int vendor, int type) {
    if (!has(AttributeType.VENDOR_SPECIFIC)) {
      return List.of();
    }
    List<byte[]> found = new ArrayList<>();
    for (byte[] value : values(AttributeType.VENDOR_SPECIFIC)) {
      found.addAll(VendorAttribute.decode(value, vendor, type));
    }
    return found;
  }

  /**
   * The password of a PAP request in the clear.
   *
   * @return 0 to 128 octets without padding, or nothing where there is no User-Password
   */
  public Optional<byte[]> revealPassword(SharedSecret secret) {
    return value(AttributeType.USER_PASSWORD)
        .map(hidden -> HiddenPassword.reveal(hidden, getAuthenticator(), secret));
  }

  /** Code and identifier alone: attributes may hold what must not be printed. */
  @Override
  public String toString() {
    return getPacketTypeName() + " " + getPacketIdentifier();
  }
}
