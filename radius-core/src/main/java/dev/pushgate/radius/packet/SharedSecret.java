package dev.pushgate.radius.packet;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that a client and this server share. Its value leaves only as a digest. */
public final class SharedSecret {
  private final byte[] octets;

  // Looking an algorithm up costs more than using it: these two are only ever copied.
  private final MessageDigest md5 = md5();
  private final Mac hmacMd5;

  /**
   * @param octets at least one octet; copied
   * @throws IllegalArgumentException when empty
   */
  public SharedSecret(byte[] octets) {
    if (octets.length == 0) {
      throw new IllegalArgumentException("a shared secret has at least one octet");
    }
    this.octets = octets.clone();
    this.hmacMd5 = hmacMd5(this.octets);
  }

  /**
   * @param text its UTF-8 octets are the secret
   */
  public static SharedSecret of(String text) {
    return new SharedSecret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** How many octets the secret has; what {@code check} needs to call it short. */
  public int length() {
    return octets.length;
  }

  /**
   * MD5 over the parts and then the secret, as the authenticators of RFC 2865 section 3 need it.
   */
  byte[] md5After(byte[]... parts) {
    MessageDigest digest = newMd5();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest(octets);
  }

  /** MD5 over the secret and then the parts, as RFC 2548 section 2.4.2 hides keys. */
  byte[] md5Before(byte[]... parts) {
    MessageDigest digest = newMd5();
    digest.update(octets);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** MD5 over the secret and then 16 octets, as RFC 2865 section 5.2 hides passwords. */
  byte[] md5Before(byte[] block, int offset) {
    MessageDigest digest = newMd5();
    digest.update(octets);
    digest.update(block, offset, HiddenPassword.BLOCK);
    return digest.digest();
  }

  /** A new HMAC-MD5 keyed with the secret, as RFC 3579 section 3.2 needs it. */
  Mac hmacMd5() {
    try {
      return (Mac) hmacMd5.clone();
    } catch (CloneNotSupportedException e) {
      throw unusable("HmacMD5", e);
    }
  }

  private MessageDigest newMd5() {
    try {
      return (MessageDigest) md5.clone();
    } catch (CloneNotSupportedException e) {
      throw unusable("MD5", e);
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (GeneralSecurityException e) {
      throw unusable("MD5", e);
    }
  }

  private static Mac hmacMd5(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(key, "HmacMD5"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw unusable("HmacMD5", e);
    }
  }

  private static IllegalStateException unusable(String algorithm, Exception cause) {
    return new IllegalStateException(
        "this Java has no usable " + algorithm + ", which RADIUS cannot do without", cause);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SharedSecret that && MessageDigest.isEqual(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return SharedSecret.class.hashCode();
  }

  @Override
  public String toString() {
    return "SharedSecret[not shown]";
  }
}
