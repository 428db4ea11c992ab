package dev.pushgate.radius.packet;

import java.security.SecureRandom;
import java.util.Optional;
import org.tinyradius.attribute.RadiusAttribute;
import org.tinyradius.packet.RadiusPacket;

/** An Access-Request as a NAS makes it: Message-Authenticator first, User-Password hidden. */
public final class SignedRequest extends OutgoingRequest {
  private final SharedSecret secret;
  private final byte[] requestAuthenticator = new byte[16];

  /**
   * An empty Access-Request.
   *
   * @param identifier 0 to 255
   * @param secret shared with the server
   * @param random makes the Request Authenticator
   */
  public SignedRequest(int identifier, SharedSecret secret, SecureRandom random) {
    super(RadiusPacket.ACCESS_REQUEST, identifier);
    this.secret = secret;
    random.nextBytes(requestAuthenticator);
    add(AttributeType.MESSAGE_AUTHENTICATOR, new byte[MessageAuthenticator.VALUE_LENGTH]);
  }

  /** Adds an attribute; the value has 0 to 253 octets. */
  public SignedRequest add(int type, byte[] value) {
    addAttribute(new RadiusAttribute(type, value));
    return this;
  }

  /** Adds the User-Password, hidden; 0 to 128 octets. */
  public SignedRequest addPassword(byte[] password) {
    return add(
        AttributeType.USER_PASSWORD, HiddenPassword.hide(password, requestAuthenticator, secret));
  }

  /** Adds an attribute of a vendor; the value has 0 to 247 octets. */
  public SignedRequest addVendor(int vendor, int type, byte[] value) {
    return add(AttributeType.VENDOR_SPECIFIC, VendorAttribute.encode(vendor, type, value));
  }

  /** Takes the Message-Authenticator away, as older NASes send PAP. */
  public SignedRequest unsigned() {
    removeAttributes(AttributeType.MESSAGE_AUTHENTICATOR);
    return this;
  }

  @Override
  public byte[] requestAuthenticator() {
    return requestAuthenticator.clone();
  }

  @Override
  public boolean demandsSignedReply() {
    return true;
  }

  /**
   * A key of a vendor's attribute in the reply to this request, in the clear.
   *
   * @return 0 to 239 octets, or nothing where there is no such attribute or no key in it
   */
  public Optional<byte[]> revealKey(ReceivedPacket reply, int vendor, int type) {
    return reply
        .vendorValue(vendor, type)
        .flatMap(hidden -> SaltedHiding.reveal(hidden, requestAuthenticator, secret));
  }

  @Override
  protected byte[] createRequestAuthenticator(String keptElsewhere) {
    return requestAuthenticator.clone();
  }

  /** Signs the encoded attributes in place; the Request Authenticator stays as it is. */
  @Override
  protected byte[] updateRequestAuthenticator(
      String keptElsewhere, int packetLength, byte[] attributes) {
    if (!getAttributes(AttributeType.MESSAGE_AUTHENTICATOR).isEmpty()) {
      byte[] header = PacketHeader.of(this, packetLength);
      byte[] value = MessageAuthenticator.compute(secret, header, requestAuthenticator, attributes);
      System.arraycopy(value, 0, attributes, 2, value.length);
    }
    return requestAuthenticator.clone();
  }
}
