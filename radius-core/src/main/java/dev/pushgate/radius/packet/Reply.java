package dev.pushgate.radius.packet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.tinyradius.attribute.RadiusAttribute;
import org.tinyradius.packet.RadiusPacket;

/**
 * An answer to a request: Message-Authenticator first, then what was added, the request's
 * Proxy-States last, in their order and unmodified.
 */
public final class Reply extends RadiusPacket {
  /** Octets that one Reply-Message attribute can hold. */
  static final int MAX_TEXT = 253;

  private static final int USUAL_LENGTH = 128;

  // TinyRadius wants a secret as a String; ours stays in SharedSecret, and signing is overridden.
  private static final String SECRET_KEPT_ELSEWHERE = "-";

  private final ReceivedPacket request;
  private final SharedSecret secret;

  // It is sent in the clear: it has to differ from others, and may be guessed.
  private int salt = ThreadLocalRandom.current().nextInt();

  /**
   * An empty reply.
   *
   * @param code for example {@link RadiusPacket#ACCESS_ACCEPT}
   * @param secret shared with the sender of the request
   */
  public Reply(int code, ReceivedPacket request, SharedSecret secret) {
    super(code, request.getPacketIdentifier());
    this.request = request;
    this.secret = secret;
    add(AttributeType.MESSAGE_AUTHENTICATOR, new byte[MessageAuthenticator.VALUE_LENGTH]);
  }

  /** Adds an attribute; the value has 0 to 253 octets. */
  public Reply add(int type, byte[] value) {
    addAttribute(new RadiusAttribute(type, value));
    return this;
  }

  /** Adds an attribute with an unsigned number of four octets, 0 to 4294967295. */
  public Reply addInteger(int type, long value) {
    return add(type, ByteBuffer.allocate(Integer.BYTES).putInt((int) value).array());
  }

  /**
   * Adds an attribute of a vendor, in the form that RFC 2865 section 5.26 suggests.
   *
   * @param vendor its private enterprise number
   * @param type number of the attribute among the vendor's own
   * @param value 0 to 247 octets
   */
  public Reply addVendor(int vendor, int type, byte[] value) {
    return add(AttributeType.VENDOR_SPECIFIC, VendorAttribute.encode(vendor, type, value));
  }

  /**
   * Adds a key as an attribute of a vendor, hidden (RFC 2548 section 2.4.2).
   *
   * @param key 0 to 239 octets
   */
  public Reply addVendorKey(int vendor, int type, byte[] key) {
    salt++;
    byte[] topBitSet = {(byte) (salt >> 8 | 0x80), (byte) salt};
    return addVendor(
        vendor, type, SaltedHiding.hide(key, topBitSet, request.getAuthenticator(), secret));
  }

  /** Adds what an administrator wants the NAS to be told. */
  public Reply addAll(ReplyAttributes attributes) {
    attributes.encoded().forEach(attribute -> add(attribute.type(), attribute.value()));
    return this;
  }

  /**
   * Adds a text as Reply-Message, in as many attributes as it needs, never split inside a
   * character.
   */
  public Reply addMessage(String text) {
    String left = text;
    while (!left.isEmpty()) {
      String piece = TextPiece.of(left, MAX_TEXT);
      add(AttributeType.REPLY_MESSAGE, piece.getBytes(StandardCharsets.UTF_8));
      left = left.substring(piece.length());
    }
    return this;
  }

  /** Whether all that was added fits in a packet, with the Proxy-States that come last. */
  public boolean fits() {
    int length = length();
    for (byte[] proxyState : request.values(AttributeType.PROXY_STATE)) {
      length += 2 + proxyState.length;
    }
    return length <= MAX_PACKET_LENGTH;
  }

  /**
   * The datagram to send: signed, at most 4096 octets, its size equal to its Length. Of the
   * Reply-Messages the last ones are left out where the Proxy-States need their room.
   *
   * @throws RuntimeException when it is too long even so
   */
  public byte[] encode() {
    for (byte[] proxyState : request.values(AttributeType.PROXY_STATE)) {
      add(AttributeType.PROXY_STATE, proxyState);
    }
    while (length() > MAX_PACKET_LENGTH && !getAttributes(AttributeType.REPLY_MESSAGE).isEmpty()) {
      removeLastAttribute(AttributeType.REPLY_MESSAGE);
    }
    ByteArrayOutputStream octets = new ByteArrayOutputStream(USUAL_LENGTH);
    try {
      encodeResponsePacket(octets, SECRET_KEPT_ELSEWHERE, request);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return octets.toByteArray();
  }

  private int length() {
    int length = RADIUS_HEADER_LENGTH;
    for (Object attribute : getAttributes()) {
      length += 2 + ((RadiusAttribute) attribute).getAttributeData().length;
    }
    return length;
  }

  /** As the base class does, without its 4096 octets of memory for each reply. */
  @Override
  protected byte[] getAttributeBytes() {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(USUAL_LENGTH);
    for (Object attribute : getAttributes()) {
      octets.writeBytes(((RadiusAttribute) attribute).writeAttribute());
    }
    return octets.toByteArray();
  }

  /** Signs the encoded attributes in place, then computes the Response Authenticator over them. */
  @Override
  protected byte[] createResponseAuthenticator(
      String keptElsewhere, int packetLength, byte[] attributes, byte[] requestAuthenticator) {
    byte[] header = PacketHeader.of(this, packetLength);
    byte[] value = MessageAuthenticator.compute(secret, header, requestAuthenticator, attributes);
    System.arraycopy(value, 0, attributes, 2, value.length);
    return secret.md5After(header, requestAuthenticator, attributes);
  }
}
