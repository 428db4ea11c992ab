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

  private final int identifier;
  private final byte[] authenticator = new byte[16];
  private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();
  private final List<byte[]> proxyStates = new ArrayList<>();

  RawRequest(int identifier, String user, String password) {
    this.identifier = identifier;
    new SecureRandom().nextBytes(authenticator);
    var _ = with(USER_NAME, user).with(USER_PASSWORD, hidden(password));
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

  /** The datagram, signed by a Message-Authenticator at its end. */
  byte[] octets() {
    byte[] unsigned = attributes.toByteArray();
    byte[] signature = {(byte) MESSAGE_AUTHENTICATOR, 18};
    byte[] header = header(ACCESS_REQUEST, identifier, 20 + unsigned.length + 18);
    byte[] value = hmacMd5(header, authenticator, unsigned, signature, new byte[16]);
    return joined(header, authenticator, unsigned, signature, value);
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
