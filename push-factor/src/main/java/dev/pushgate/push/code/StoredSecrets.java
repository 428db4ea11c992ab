package dev.pushgate.push.code;

import dev.pushgate.push.secret.KeyFile;
import dev.pushgate.push.secret.KeyRing;
import dev.pushgate.push.secret.Keys;
import dev.pushgate.push.store.Store;
import dev.pushgate.push.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * All secrets that are encrypted in the store, as a change of keys goes through them.
 *
 * <p>Safe for use by many threads and processes; the methods block.
 */
public final class StoredSecrets {
  private final Store store;
  private final Keys keys;

  public StoredSecrets(Store store, Keys keys) {
    this.store = store;
    this.keys = keys;
  }

  private record Secret(String id, String encrypted) {
    @Override
    public String toString() {
      return "Secret[" + id + "]";
    }
  }

  /**
   * Encrypts with the newest key what was encrypted with another: all or, where one cannot be read,
   * nothing.
   *
   * @return how many there were
   */
  public int encryptAnew() throws InterruptedException {
    return store.write(
        handle -> {
          int changed = 0;
          KeyRing ring = keys.reread().orElseThrow(Keys::none);
          for (Secret secret : secrets(handle)) {
            if (!ring.isCurrent(secret.encrypted())) {
              String place = OneTimeCodes.place(secret.id());
              changed +=
                  handle.execute(
                      "update code_generator set secret = ? where id = ?",
                      ring.encrypt(ring.decrypt(secret.encrypted(), place), place),
                      secret.id());
            }
          }
          return changed;
        });
  }

  /**
   * Removes from the key file what no secret needs. While this writes, no other process does, and
   * each reads the file anew before it adds a secret.
   *
   * @return names of the keys that have been removed
   * @throws IOException when the file cannot be changed
   */
  public List<String> removeUnneededKeys(KeyFile file) throws IOException, InterruptedException {
    try {
      return store.write(
          handle -> {
            Set<String> needed =
                secrets(handle).stream()
                    .map(secret -> KeyRing.keyOf(secret.encrypted()))
                    .collect(Collectors.toSet());
            try {
              return file.removeAllBut(needed);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (StoreException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw failed.getCause();
      }
      throw e;
    }
  }

  private static List<Secret> secrets(Handle handle) {
    return handle
        .createQuery("select id, secret from code_generator order by id")
        .map((row, _) -> new Secret(row.getString("id"), row.getString("secret")))
        .list();
  }
}
