package dev.pushgate.push.secret;

import java.util.Optional;

/**
 * The keys at hand, which may become others while the server runs.
 *
 * <p>Implementations are safe for use by many threads, and may read a file.
 */
public interface Keys {

  /** As they are now; empty where there are none. */
  Optional<KeyRing> current();

  /** As {@link #current}, of a new look whatever seemed to be the same. */
  Optional<KeyRing> reread();

  /** Keys that stay what they are. */
  static Keys of(KeyRing ring) {
    return new Keys() {
      @Override
      public Optional<KeyRing> current() {
        return Optional.of(ring);
      }

      @Override
      public Optional<KeyRing> reread() {
        return Optional.of(ring);
      }
    };
  }

  /**
   * As {@link KeyRing#encrypt}, by the key that is the newest at this moment.
   *
   * @throws SecretUnreadableException when there are no keys
   */
  default String encrypt(byte[] secret, String place) {
    return reread().orElseThrow(Keys::none).encrypt(secret, place);
  }

  /**
   * As {@link KeyRing#decrypt}; a key that is missed is looked for anew.
   *
   * @throws SecretUnreadableException also when there are no keys
   */
  default byte[] decrypt(String encrypted, String place) {
    KeyRing ring = current().orElseThrow(Keys::none);
    return (ring.holds(encrypted) ? ring : reread().orElse(ring)).decrypt(encrypted, place);
  }

  /** As {@link KeyRing#fingerprint}; empty where there are no keys. */
  default Optional<String> fingerprint(String purpose, byte[] octets) {
    return current().map(ring -> ring.fingerprint(purpose, octets));
  }

  /** What is thrown where there are no keys. */
  static SecretUnreadableException none() {
    return new SecretUnreadableException("there is no key file; make one with: pushgate key");
  }
}
