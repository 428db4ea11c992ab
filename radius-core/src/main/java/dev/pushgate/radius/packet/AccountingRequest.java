package dev.pushgate.radius.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.tinyradius.attribute.RadiusAttribute;
import org.tinyradius.packet.RadiusPacket;

/** An Accounting-Request as a NAS makes it: its authenticator is a digest over all of it. */
public final class AccountingRequest extends OutgoingRequest {
  private final SharedSecret secret;
  private final boolean signed;

  /**
   * An empty Accounting-Request.
   *
   * @param identifier 0 to 255
   * @param secret shared with the server
   * @param signed whether it has a Message-Authenticator as well, as few NASes do
   */
  public AccountingRequest(int identifier, SharedSecret secret, boolean signed) {
    super(RadiusPacket.ACCOUNTING_REQUEST, identifier);
    this.secret = secret;
    this.signed = signed;
    if (signed) {
      add(AttributeType.MESSAGE_AUTHENTICATOR, new byte[MessageAuthenticator.VALUE_LENGTH]);
    }
  }

  /** Adds an attribute; the value has 0 to 253 octets. */
  public AccountingRequest add(int type, byte[] value) {
    addAttribute(new RadiusAttribute(type, value));
    return this;
  }

  /** Adds a number as an attribute of 4 octets. */
  public AccountingRequest add(int type, int value) {
    return add(type, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  @Override
  public byte[] requestAuthenticator() {
    return Arrays.copyOfRange(encode(), 4, RADIUS_HEADER_LENGTH);
  }

  @Override
  public boolean demandsSignedReply() {
    return false;
  }

  @Override
  protected byte[] createRequestAuthenticator(String keptElsewhere) {
    return PacketDecoder.NO_AUTHENTICATOR.clone();
  }

  @Override
  protected byte[] updateRequestAuthenticator(
      String keptElsewhere, int packetLength, byte[] attributes) {
    byte[] header = PacketHeader.of(this, packetLength);
    if (signed) {
      byte[] value =
          MessageAuthenticator.compute(secret, header, PacketDecoder.NO_AUTHENTICATOR, attributes);
      System.arraycopy(value, 0, attributes, 2, value.length);
    }
    return secret.md5After(header, PacketDecoder.NO_AUTHENTICATOR, attributes);
  }
}
