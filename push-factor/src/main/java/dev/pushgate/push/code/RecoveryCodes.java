package dev.pushgate.push.code;

import dev.pushgate.push.signed.Base32;
import dev.pushgate.push.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
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

  private static final int OCTETS = 10;
  private static final int GROUP = 4;
  private static final Pattern TYPED = Pattern.compile("[A-Za-z2-7-]{16,24}");
  private static final Pattern LETTERS = Pattern.compile("[A-Z2-7]{16}");

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
    List<String> codes = Stream.generate(this::newCode).limit(COUNT).toList();
    return store.write(
        handle -> {
          handle.execute("delete from recovery_code where user_name = ?", user);
          for (String code : codes) {
            handle.execute(
                "insert into recovery_code (hash, user_name, issued_at) values (?, ?, ?)",
                hash(user, code),
                user,
                clock.millis());
          }
          return codes.stream().map(RecoveryCodes::inGroups).toList();
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
    String letters = typed.replace("-", "").toUpperCase(Locale.ROOT);
    if (!TYPED.matcher(typed).matches() || !LETTERS.matcher(letters).matches()) {
      return false;
    }
    return store.write(
        handle ->
            handle
                    .createUpdate(
                        "update recovery_code set used_at = :now"
                            + " where hash = :hash and user_name = :user and used_at is null")
                    .bind("now", clock.millis())
                    .bind("hash", hash(user, letters))
                    .bind("user", user)
                    .execute()
                > 0);
  }

  private String newCode() {
    byte[] octets = new byte[OCTETS];
    random.nextBytes(octets);
    return Base32.encode(octets);
  }

  private static String inGroups(String code) {
    return code.replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
  }

  private static String hash(String user, String letters) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      // Letters come first and are always as many, so that no two pairs are one text.
      return HexFormat.of()
          .formatHex(sha256.digest((letters + user).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
