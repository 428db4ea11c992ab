package dev.pushgate.radius.packet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

  /**
   * Adds a text as Reply-Message, in as many attributes as it needs, never split inside a
   * character.
   */
  public Reply addMessage(String text) {
    int start = 0;
    int length = 0;
    for (int end = 0; end < text.length(); ) {
      int next = text.offsetByCodePoints(end, 1);
      int octets = utf8(text.substring(end, next)).length;
      if (length + octets > MAX_TEXT) {
        add(AttributeType.REPLY_MESSAGE, utf8(text.substring(start, end)));
        start = end;
        length = 0;
      }
      length += octets;
      end = next;
    }
    return start == text.length()
        ? this
        : add(AttributeType.REPLY_MESSAGE, utf8(text.substring(start)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The datagram to send: signed, at most 4096 octets, its size equal to its Length. */
  public byte[] encode() {
    for (byte[] proxyState : request.values(AttributeType.PROXY_STATE)) {
      add(AttributeType.PROXY_STATE, proxyState);
    }
    ByteArrayOutputStream octets = new ByteArrayOutputStream(USUAL_LENGTH);
    try {
      encodeResponsePacket(octets, SECRET_KEPT_ELSEWHERE, request);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return octets.toByteArray();
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
