package dev.pushgate.push.privacyidea;

import dev.pushgate.push.store.Store;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ServerKey} of this installation, made when it is first needed and then the same for
 * ever: an app that has seen it takes no other.
 *
 * <p>Safe for use by many threads and processes; whose key is kept first is everybody's.
 */
final class KeptServerKey {
  private final Store store;
  private final InstantSource clock;
  private final SecureRandom random;
  private volatile @Nullable ServerKey known;

  KeptServerKey(Store store, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  ServerKey get() throws InterruptedException {
    ServerKey before = known;
    if (before != null) {
      return before;
    }
    Optional<String> kept = store.read(KeptServerKey::find);
    ServerKey key = kept.isPresent() ? ServerKey.ofStored(kept.get()) : make();
    known = key;
    return key;
  }

  private ServerKey make() throws InterruptedException {
    // Outside of the transaction: it takes its time.
    String made = ServerKey.random(random).toStored();
    return ServerKey.ofStored(
        store.write(
            handle -> {
              var _ =
                  handle
                      .createUpdate(
                          "insert into privacyidea_key (id, private_key, made_at)"
                              + " values (1, :key, :now) on conflict do nothing")
                      .bind("key", made)
                      .bind("now", clock.millis())
                      .execute();
              return find(handle).orElseThrow();
            }));
  }

  private static Optional<String> find(Handle handle) {
    return handle
        .createQuery("select private_key from privacyidea_key where id = 1")
        .mapTo(String.class)
        .findOne();
  }
}
