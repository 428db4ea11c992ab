package dev.pushgate.radius.user;

import dev.pushgate.radius.OncePerMinute;
import dev.pushgate.radius.user.UsersFileEditor.Edited;
import dev.pushgate.radius.user.UsersFileEditor.Replacement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores passwords anew whose hash has been outgrown, in the file of users, when a login shows the
 * right password.
 *
 * <p>This is done beside the logins, on one thread, many at a time, since each writing of the file
 * has it read again. Where too many come, the next login of the user does as well. A line that has
 * been changed meanwhile stays as it is. Passwords that stand there for CHAP and MS-CHAPv2 ({@link
 * Cleartext}, {@link NtHash}) are left alone.
 *
 * <p>Safe for any number of threads.
 */
public final class Rehashing implements RightPasswords, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Rehashing.class);
  private static final int MOST_WAITING = 64;

  private final Supplier<@Nullable UsersFileEditor> editors;
  private final SecureRandom random;
  private final OncePerMinute warnings;
  private final BlockingQueue<Proved> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("password-rehash").unstarted(this::storeUntilClosed);

  private record Proved(Account account, Password.Pap password) {}

  /**
   * @param editors asked each time for what edits the file; null where it shall stay as it is
   * @param random makes the salts
   */
  public Rehashing(
      Supplier<@Nullable UsersFileEditor> editors, SecureRandom random, InstantSource clock) {
    this.editors = editors;
    this.random = random;
    this.warnings = new OncePerMinute(clock);
    thread.start();
  }

  @Override
  public void proved(Account account, Password.Pap password) {
    byte[] octets = password.octets();
    // Of the readings of a password that is not all ASCII, which may be two, either will do here.
    boolean outgrown = account.password().isOutgrown(octets);
    Password.Pap copy = new Password.Pap(octets);
    Arrays.fill(octets, (byte) 0);
    if (!outgrown || editors.get() == null || !waiting.offer(new Proved(account, copy))) {
      copy.clear();
    }
  }

  private void storeUntilClosed() {
    try {
      while (true) {
        List<Proved> proved = new ArrayList<>();
        proved.add(waiting.take());
        waiting.drainTo(proved);
        store(proved);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // Whatever happens to one edit, the next may go well.
  @SuppressWarnings("CatchingUnchecked")
  private void store(List<Proved> proved) throws InterruptedException {
    try {
      UsersFileEditor editor = editors.get();
      if (editor == null) {
        return;
      }
      List<Replacement> replacements = new ArrayList<>();
      for (Proved each : proved) {
        replacement(each).ifPresent(replacements::add);
      }
      if (!replacements.isEmpty()) {
        tell(replacements.size(), editor.replacePasswords(replacements));
      }
    } catch (IOException | RuntimeException e) {
      warn(proved.size(), e.toString());
    } finally {
      proved.forEach(each -> each.password().clear());
    }
  }

  /** Hashes the reading that is right: the octets may have been sent in Latin-1. */
  private Optional<Replacement> replacement(Proved proved) {
    StoredPassword stored = proved.account().password();
    List<byte[]> readings = PasswordReadings.of(proved.password().octets());
    return readings.stream()
        .filter(utf8 -> readings.size() == 1 || stored.matchesText(utf8))
        .findFirst()
        .filter(stored::isOutgrown)
        .map(
            utf8 ->
                new Replacement(
                    proved.account().user().name(), stored, Argon2id.hash(chars(utf8), random)));
  }

  private static char[] chars(byte[] utf8) {
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
    char[] characters = new char[decoded.remaining()];
    decoded.get(characters);
    return characters;
  }

  private void tell(int passwords, Edited edited) {
    switch (edited) {
      case Edited.Changed _ ->
          log.info("stored {} outgrown passwords anew, by argon2id", passwords);
      case Edited.Refused refused -> warn(passwords, refused.problems().getFirst().toString());
      case Edited.Unchanged _, Edited.Added _, Edited.Removed _ -> {}
    }
  }

  private void warn(int passwords, String why) {
    if (warnings.permits("rehash")) {
      log.warn(
          "{} outgrown passwords could not be stored anew: {}. Give the server's user the right to"
              + " write users.properties and its folder, or set rehash = off",
          passwords,
          why);
    }
  }

  /** Stores nothing any more. What is being written is waited for, a second at most. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      var _ = thread.join(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
