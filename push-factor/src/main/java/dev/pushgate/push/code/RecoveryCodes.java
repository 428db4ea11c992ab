package dev.pushgate.push.code;

import dev.pushgate.push.store.Store;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Codes that a user keeps on paper for the day on which the phone is gone.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Each lets in once, also when two processes get it at the same moment. It has 80 random bits,
 * and only its hash is kept: who has the store cannot find it by trying.
 *
 * <p>Safe for use by many threads; the methods block.
 */
public final class RecoveryCodes {
  /** How many a user has at a time. */
  public static final int COUNT = 10;

  private final Store store;
  private final InstantSource clock;
  private final SecureRandom random;

  public RecoveryCodes(Store store, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes new codes for a user; those of before are no use any more.
   *
   * @param user canonical name
   * @return {@value #COUNT} codes in groups of four letters and digits; kept nowhere else
   */
  public List<String> issue(String user) throws InterruptedException {
    List<WrittenCode> codes =
        Stream.generate(() -> WrittenCode.random(random)).limit(COUNT).toList();
    return store.write(
        handle -> {
          handle.execute("delete from recovery_code where user_name = ?", user);
          for (WrittenCode code : codes) {
            handle.execute(
                "insert into recovery_code (hash, user_name, issued_at) values (?, ?, ?)",
                code.hash(user),
                user,
                clock.millis());
          }
          return codes.stream().map(WrittenCode::inGroups).toList();
        });
  }

  /** How many of a user's codes have not been used. */
  public int left(String user) throws InterruptedException {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "select count(*) from recovery_code where user_name = :user and used_at is null")
                .bind("user", user)
                .mapTo(Integer.class)
                .one());
  }

  /**
   * Uses a code up.
   *
   * @param user canonical name
   * @param typed what the user typed: any text; lower case and missing hyphens do not matter
   * @return whether it was one of the user's that had not been used
   */
  public boolean use(String user, String typed) throws InterruptedException {
    Optional<WrittenCode> code = WrittenCode.ofTyped(typed);
    if (code.isEmpty()) {
      return false;
    }
    return store.write(
        handle ->
            handle
                    .createUpdate(
                        "update recovery_code set used_at = :now"
                            + " where hash = :hash and user_name = :user and used_at is null")
                    .bind("now", clock.millis())
                    .bind("hash", code.get().hash(user))
                    .bind("user", user)
                    .execute()
                > 0);
  }
}
