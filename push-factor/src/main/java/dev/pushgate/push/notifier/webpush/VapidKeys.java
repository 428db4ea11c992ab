package dev.pushgate.push.notifier.webpush;

import dev.pushgate.push.store.Store;
import dev.pushgate.push.store.StoreException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The one {@link VapidKey} of an installation, in the store.
 *
 * <p>It never changes: a subscription is bound to the key that it was made with (RFC 8292 section
 * 4), so with a new one every browser would have to subscribe anew.
 */
public final class VapidKeys {
  private final Store store;
  private final InstantSource clock;
  private final SecureRandom random;

  public VapidKeys(Store store, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /**
   * The key, which is made and kept when there is none yet. All processes on one store get the
   * same, also those that ask at the same time.
   *
   * @throws StoreException when the store cannot be read or written, or the key in it is damaged
   */
  public VapidKey keptOrNew() throws InterruptedException {
    Optional<VapidKey> kept = store.read(VapidKeys::kept);
    if (kept.isPresent()) {
      return kept.get();
    }
    VapidKey made = VapidKey.generate(random);
    return store.write(
        handle -> {
          keepIfFirst(handle, made);
          return kept(handle).orElseThrow();
        });
  }

  private void keepIfFirst(Handle handle, VapidKey made) {
    handle
        .createUpdate(
            "insert into webpush_key (id, private_key, public_key, made_at)"
                + " values (1, :private, :public, :made) on conflict do nothing")
        .bind("private", Base64.getEncoder().encodeToString(made.privateKeyOctets()))
        .bind("public", made.publicKey())
        .bind("made", clock.millis())
        .execute();
  }

  private static Optional<VapidKey> kept(Handle handle) {
    return handle
        .createQuery("select private_key, public_key from webpush_key where id = 1")
        .map((row, _) -> read(row.getString("private_key"), row.getString("public_key")))
        .findOne();
  }

  private static VapidKey read(String privateKey, String publicKey) {
    try {
      return VapidKey.ofStored(
          Base64.getDecoder().decode(privateKey), Base64.getUrlDecoder().decode(publicKey));
    } catch (IllegalArgumentException e) {
      // Without the cause, whose text might show a part of the key.
      throw new StoreException(
          "the Web Push key in the store (table webpush_key) is damaged", null);
    }
  }
}
