package dev.pushgate.radius;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * RADIUS written down a second time from RFC 2865 and RFC 3579, so that what the server makes of a
 * datagram is not judged by the server's own code.
 */
final class ByHand {
  static final int ACCESS_REQUEST = 1;
  static final int ACCESS_ACCEPT = 2;
  static final int ACCESS_REJECT = 3;
  static final int ACCESS_CHALLENGE = 11;
  static final int STATUS_SERVER = 12;

  static final int USER_NAME = 1;
  static final int USER_PASSWORD = 2;
  static final int CHAP_PASSWORD = 3;
  static final int REPLY_MESSAGE = 18;
  static final int STATE = 24;
  static final int VENDOR_SPECIFIC = 26;
  static final int CALLING_STATION_ID = 31;
  static final int PROXY_STATE = 33;
  static final int CHAP_CHALLENGE = 60;
  static final int EAP_MESSAGE = 79;
  static final int MESSAGE_AUTHENTICATOR = 80;

  static final int HEADER = 20;
  static final int LONGEST = 4096;

  private final byte[] secret;

  /** An attribute where it stands in its packet. */
  static final class Attribute {
    private final int type;
    private final int offset;
    private final byte[] value;

    Attribute(int type, int offset, byte[] value) {
      this.type = type;
      this.offset = offset;
      this.value = value;
    }

    int type() {
      return type;
    }

    int offset() {
      return offset;
    }

    byte[] value() {
      return value;
    }
  }

  ByHand(String secret) {
    this.secret = utf8(secret);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A packet with these attributes; everything but the Length is left as given. */
  static byte[] packet(int code, int identifier, byte[] authenticator, byte[]... attributes) {
    byte[] behind = joined(attributes);
    byte[] packet =
        joined(new byte[] {(byte) code, (byte) identifier, 0, 0}, authenticator, behind);
    setLength(packet);
    return packet;
  }

  static byte[] attribute(int type, byte[] value) {
    return joined(new byte[] {(byte) type, (byte) (2 + value.length)}, value);
  }

  static byte[] attribute(int type, String value) {
    return attribute(type, utf8(value));
  }

  /** A Message-Authenticator that {@link #seal} will fill in. */
  static byte[] unsealed() {
    return attribute(MESSAGE_AUTHENTICATOR, new byte[16]);
  }

  /** A password in the clear, padded, that {@link #seal} will hide. */
  static byte[] password(byte[] clear) {
    return attribute(
        USER_PASSWORD, Arrays.copyOf(clear, Math.max(16, (clear.length + 15) / 16 * 16)));
  }

  static void setLength(byte[] packet) {
    packet[2] = (byte) (packet.length >> 8);
    packet[3] = (byte) packet.length;
  }

  static int length(byte[] packet) {
    return (packet[2] & 0xff) << 8 | (packet[3] & 0xff);
  }

  static byte[] authenticator(byte[] packet) {
    return Arrays.copyOfRange(packet, 4, HEADER);
  }

  /** The attributes of a packet, or nothing where they do not add up to its Length. */
  static Optional<List<Attribute>> attributes(byte[] packet) {
    List<Attribute> attributes = new ArrayList<>();
    int end = length(packet);
    int offset = HEADER;
    while (offset < end) {
      int next = offset + 1 < end ? offset + (packet[offset + 1] & 0xff) : end + 1;
      if (packet[offset] == 0 || next < offset + 2 || next > end) {
        return Optional.empty();
      }
      attributes.add(
          new Attribute(
              packet[offset] & 0xff, offset, Arrays.copyOfRange(packet, offset + 2, next)));
      offset = next;
    }
    return Optional.of(attributes);
  }

  static List<byte[]> values(List<Attribute> attributes, int type) {
    return attributes.stream().filter(a -> a.type() == type).map(Attribute::value).toList();
  }

  /** Hides the passwords and then fills in the first Message-Authenticator, all in place. */
  byte[] seal(byte[] packet) {
    List<Attribute> attributes = attributes(packet).orElse(List.of());
    for (Attribute each : attributes) {
      if (each.type() == USER_PASSWORD && each.value().length % 16 == 0) {
        byte[] hidden = hidden(each.value(), authenticator(packet));
        System.arraycopy(hidden, 0, packet, each.offset() + 2, hidden.length);
      }
    }
    for (Attribute each : attributes) {
      if (each.type() == MESSAGE_AUTHENTICATOR && each.value().length == 16) {
        byte[] value = messageAuthenticator(packet, authenticator(packet), each.offset());
        System.arraycopy(value, 0, packet, each.offset() + 2, 16);
        break;
      }
    }
    return packet;
  }

  /** RFC 3579 section 3.2, of the attribute at that offset. */
  byte[] messageAuthenticator(byte[] packet, byte[] requestAuthenticator, int offset) {
    byte[] zeroed = Arrays.copyOf(packet, length(packet));
    System.arraycopy(requestAuthenticator, 0, zeroed, 4, 16);
    Arrays.fill(zeroed, offset + 2, offset + 18, (byte) 0);
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(secret, "HmacMD5"));
      return mac.doFinal(zeroed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** RFC 2865 section 3. */
  byte[] responseAuthenticator(byte[] reply, byte[] requestAuthenticator) {
    return md5(
        Arrays.copyOf(reply, 4),
        requestAuthenticator,
        Arrays.copyOfRange(reply, HEADER, length(reply)),
        secret);
  }

  /** RFC 2865 section 5.2. */
  byte[] hidden(byte[] padded, byte[] requestAuthenticator) {
    byte[] hidden = padded.clone();
    byte[] before = requestAuthenticator;
    for (int block = 0; block < hidden.length; block += 16) {
      before = masked(hidden, block, before);
    }
    return hidden;
  }

  /** Undoes {@link #hidden}; with the NULs that pad it. */
  byte[] revealed(byte[] hidden, byte[] requestAuthenticator) {
    byte[] revealed = hidden.clone();
    byte[] before = requestAuthenticator;
    for (int block = 0; block < revealed.length; block += 16) {
      masked(revealed, block, before);
      before = Arrays.copyOfRange(hidden, block, block + 16);
    }
    return revealed;
  }

  private byte[] masked(byte[] octets, int block, byte[] before) {
    byte[] mask = md5(secret, before);
    for (int i = 0; i < 16; i++) {
      octets[block + i] ^= mask[i];
    }
    return Arrays.copyOfRange(octets, block, block + 16);
  }

  static byte[] md5(byte[]... parts) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      for (byte[] part : parts) {
        md5.update(part);
      }
      return md5.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
