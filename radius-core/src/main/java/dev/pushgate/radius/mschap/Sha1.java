package dev.pushgate.radius.mschap;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** SHA-1 over parts in a row, as RFC 2759 and RFC 3079 use it everywhere. */
final class Sha1 {
  private Sha1() {}

  static byte[] over(byte[]... parts) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      for (byte[] part : parts) {
        sha1.update(part);
      }
      return sha1.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "this Java has no SHA-1, which MS-CHAPv2 cannot do without", e);
    }
  }
}
