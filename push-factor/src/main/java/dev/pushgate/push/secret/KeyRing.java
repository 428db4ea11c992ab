package dev.pushgate.push.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that secrets in the store are encrypted with: the newest encrypts, older ones still
 * decrypt. By the newest, texts get fingerprints, too.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>AES-256-GCM with a random nonce (NIST SP 800-38D): who has the store without the keys learns
 * nothing but lengths, and can neither change a secret unseen nor move it to another place, since
 * the place is authenticated with it. It is not hidden that a secret was put back to what it was
 * earlier.
 *
 * <p>Immutable, so safe for use by many threads.
 */
public final class KeyRing {
  private static final int KEY_OCTETS = 32;
  private static final int ID_OCTETS = 6;
  private static final int NONCE_OCTETS = 12;
  private static final int TAG_BITS = 128;
  private static final String MAC = "HmacSHA256";
  private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_-]{8}) ([A-Za-z0-9_-]{43})");

  private final Map<String, SecretKey> keys;
  private final String newest;
  private final SecretKey newestKey;
  private final SecureRandom random;

  private KeyRing(Map<String, SecretKey> keys, SecureRandom random) {
    this.keys = keys;
    this.newest = keys.keySet().iterator().next();
    this.newestKey = keys.values().iterator().next();
    this.random = random;
  }

  /** A line for the key file: a new key and the name by which encrypted secrets know it. */
  public static String newLine(SecureRandom random) {
    return random(random, ID_OCTETS) + " " + random(random, KEY_OCTETS);
  }

  /** The name of the key in a line of a key file; empty where the line is none. */
  static Optional<String> nameIn(String line) {
    var parts = LINE.matcher(line);
    return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
  }

  /** The name of the key that a secret was encrypted with; empty where it is no such text. */
  public static String keyOf(String encrypted) {
    int colon = encrypted.indexOf(':');
    return colon < 0 ? "" : encrypted.substring(0, colon);
  }

  /** The names of the keys, the newest first; they are no secrets. */
  public List<String> names() {
    return List.copyOf(keys.keySet());
  }

  private static String random(SecureRandom random, int octets) {
    byte[] bits = new byte[octets];
    random.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  /**
   * The keys of a key file.
   *
   * @param lines as {@link #newLine} made them, the newest first; at least one
   * @return empty where a line is none, or a key stands there twice
   */
  public static Optional<KeyRing> of(List<String> lines, SecureRandom random) {
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    for (String line : lines) {
      var parts = LINE.matcher(line);
      if (!parts.matches()
          || keys.put(
                  parts.group(1),
                  new SecretKeySpec(Base64.getUrlDecoder().decode(parts.group(2)), "AES"))
              != null) {
        return Optional.empty();
      }
    }
    return keys.isEmpty() ? Optional.empty() : Optional.of(new KeyRing(keys, random));
  }

  /**
   * Encrypts a secret for one place.
   *
   * @param place where it is kept, such as table and row; needed again to decrypt
   * @return printable ASCII that begins with the name of the key
   */
  public String encrypt(byte[] secret, String place) {
    byte[] nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    byte[] hidden = run(Cipher.ENCRYPT_MODE, newestKey, nonce, place, secret);
    byte[] all = Arrays.copyOf(nonce, NONCE_OCTETS + hidden.length);
    System.arraycopy(hidden, 0, all, NONCE_OCTETS, hidden.length);
    return newest + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * The secret again.
   *
   * @throws SecretUnreadableException when its key is not on this ring, or it was changed or moved
   */
  public byte[] decrypt(String encrypted, String place) {
    String name = keyOf(encrypted);
    SecretKey key = keys.get(name);
    if (key == null) {
      throw new SecretUnreadableException(
          "a secret in the store needs a key that is not in the key file");
    }
    try {
      byte[] all = Base64.getUrlDecoder().decode(encrypted.substring(name.length() + 1));
      if (all.length > NONCE_OCTETS) {
        return run(
            Cipher.DECRYPT_MODE,
            key,
            Arrays.copyOf(all, NONCE_OCTETS),
            place,
            Arrays.copyOfRange(all, NONCE_OCTETS, all.length));
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new SecretUnreadableException("a secret in the store is damaged");
  }

  /** Whether it was encrypted with the newest key, so that the others are not needed for it. */
  public boolean isCurrent(String encrypted) {
    return encrypted.startsWith(newest + ":");
  }

  /** Whether the key that it was encrypted with is on this ring. */
  public boolean holds(String encrypted) {
    return keys.containsKey(keyOf(encrypted));
  }

  /**
   * A keyed hash, HMAC-SHA256 by a key that is derived from the newest one for this purpose alone
   * (HKDF, RFC 5869). With another newest key it is another.
   *
   * @param purpose what it is for and whose it is; fingerprints of two purposes have nothing in
   *     common
   * @return 43 characters of base64url
   */
  public String fingerprint(String purpose, byte[] octets) {
    try {
      byte[] label = ("pushgate fingerprint: " + purpose).getBytes(StandardCharsets.UTF_8);
      SecretKey key =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(MAC, HKDFParameterSpec.expandOnly(newestKey, label, KEY_OCTETS));
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(octets));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HKDF or no HMAC", e);
    }
  }

  private static byte[] run(int mode, SecretKey key, byte[] nonce, String place, byte[] octets) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(octets);
    } catch (AEADBadTagException e) {
      throw new SecretUnreadableException("a secret in the store is damaged");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-GCM", e);
    }
  }

  @Override
  public String toString() {
    return "KeyRing[" + keys.size() + " keys]";
  }
}
