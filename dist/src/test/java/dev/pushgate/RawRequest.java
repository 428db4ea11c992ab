package dev.pushgate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An Access-Request put together by hand from RFC 2865 and RFC 3579, so that what the server makes
 * of it is not judged by the server's own code.
 */
final class RawRequest {
  static final int CALLING_STATION_ID = 31;
  static final int NAS_IDENTIFIER = 32;
  static final int PROXY_STATE = 33;
  static final int STATE = 24;
  static final int MESSAGE_AUTHENTICATOR = 80;

  private static final int ACCESS_REQUEST = 1;
  private static final int USER_NAME = 1;
  private static final int USER_PASSWORD = 2;
  private static final int CHAP_PASSWORD = 3;

  private static final int HEADER = 20;

  private final int identifier;
  private final byte[] authenticator = new byte[16];
  private final byte[] challenge = new byte[16];
  private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();
  private final List<byte[]> proxyStates = new ArrayList<>();
  private final boolean signedAtTheEnd;
  private int signature = -1;

  /** A request with a user and a password, to be signed at its end. */
  RawRequest(int identifier, String user, String password) {
    this(identifier, true);
    var _ = with(USER_NAME, user).withPassword(password);
  }

  private RawRequest(int identifier, boolean signedAtTheEnd) {
    this.identifier = identifier;
    this.signedAtTheEnd = signedAtTheEnd;
    SecureRandom random = new SecureRandom();
    random.nextBytes(authenticator);
    random.nextBytes(challenge);
  }

  /** A request without any attribute, signed only where it is told to be. */
  static RawRequest empty(int identifier) {
    return new RawRequest(identifier, false);
  }

  /** Adds the User-Password, hidden. */
  RawRequest withPassword(String password) {
    return with(USER_PASSWORD, hidden(password));
  }

  /** Adds the CHAP-Password, made of the challenge that {@link #challenge} tells. */
  RawRequest withChapPassword(String password) {
    byte[] id = {(byte) identifier};
    byte[] clear = password.getBytes(StandardCharsets.UTF_8);
    return with(CHAP_PASSWORD, joined(id, md5(id, clear, challenge)));
  }

  /** The challenge of this request's password method, 16 octets. */
  byte[] challenge() {
    return challenge.clone();
  }

  /** Adds the Message-Authenticator at this place; its value is computed in the end. */
  RawRequest withSignature() {
    signature = HEADER + attributes.size() + 2;
    return with(MESSAGE_AUTHENTICATOR, new byte[16]);
  }

  RawRequest with(int type, String value) {
    return with(type, value.getBytes(StandardCharsets.UTF_8));
  }

  RawRequest with(int type, byte[] value) {
    attributes.write(type);
    attributes.write(2 + value.length);
    attributes.writeBytes(value);
    if (type == PROXY_STATE) {
      proxyStates.add(value.clone());
    }
    return this;
  }

  /** The datagram. */
  byte[] octets() {
    if (signedAtTheEnd && signature < 0) {
      var _ = withSignature();
    }
    byte[] header = header(ACCESS_REQUEST, identifier, HEADER + attributes.size());
    byte[] octets = joined(header, authenticator, attributes.toByteArray());
    if (signature >= 0) {
      System.arraycopy(hmacMd5(octets), 0, octets, signature, 16);
    }
    return octets;
  }

  int identifier() {
    return identifier;
  }

  byte[] authenticator() {
    return authenticator.clone();
  }

  List<byte[]> proxyStates() {
    return proxyStates;
  }

  /** RFC 2865 section 5.2. */
  private byte[] hidden(String password) {
    byte[] clear = password.getBytes(StandardCharsets.UTF_8);
    byte[] hidden = Arrays.copyOf(clear, Math.max(16, (clear.length + 15) / 16 * 16));
    byte[] before = authenticator;
    for (int block = 0; block < hidden.length; block += 16) {
      byte[] mask = md5(secret(), before);
      for (int i = 0; i < 16; i++) {
        hidden[block + i] ^= mask[i];
      }
      before = Arrays.copyOfRange(hidden, block, block + 16);
    }
    return hidden;
  }

  static byte[] header(int code, int identifier, int length) {
    return new byte[] {(byte) code, (byte) identifier, (byte) (length >> 8), (byte) length};
  }

  static byte[] secret() {
    return RunningPushgate.SECRET.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] md5(byte[]... parts) {
    try {
      return MessageDigest.getInstance("MD5").digest(joined(parts));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] hmacMd5(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(secret(), "HmacMD5"));
      return mac.doFinal(joined(parts));
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
