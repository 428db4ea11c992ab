package dev.pushgate.bench;

import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.HashingThreads;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.StoredPassword;
import dev.pushgate.radius.user.UserSource.Answer;
import dev.pushgate.radius.user.Users;
import dev.pushgate.radius.user.UsersFile;
import dev.pushgate.radius.user.UsersFileSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a large file of users takes to be read, whether logins notice that, and how many
 * passwords a core checks by each scheme.
 */
public final class UsersBenchmark {
  private static final int LOADS = 5;
  private static final int ROUNDS = 3;
  private static final int CHECKS = 5000;
  private static final Duration BETWEEN_CHECKS = Duration.ofNanos(500_000);
  private static final Duration PER_SCHEME = Duration.ofSeconds(1);
  private static final byte[] WRONG = "battery-staple".getBytes(StandardCharsets.UTF_8);
  private static final byte[] PASSWORD = "correct-horse".getBytes(StandardCharsets.UTF_8);

  private final int users;
  private final PrintWriter out;

  /**
   * @param users how many, at least 1
   * @param out where to tell what was measured
   */
  public UsersBenchmark(int users, PrintWriter out) {
    this.users = users;
    this.out = out;
  }

  /** Measures all of it, in some 30 s. */
  public void run() throws IOException, InterruptedException {
    Path file = Files.createTempFile("pushgate-bench", ".properties");
    try {
      write(file);
      UsersFile reader = new UsersFile(file, Set.of("push"));
      out.println(
          "%,d users with groups and mail, %,d KiB".formatted(users, Files.size(file) >> 10));
      Users read = load(reader);
      checkDuringReloads(reader, read);
    } finally {
      Files.deleteIfExists(file);
    }
    checkByScheme();
  }

  private void write(Path file) throws IOException {
    Random random = new Random(users);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    byte[] salt = new byte[16];
    byte[] tag = new byte[32];
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("quick = {CLEARTEXT}correct-horse\n");
      for (int i = 1; i < users; i++) {
        random.nextBytes(salt);
        random.nextBytes(tag);
        writer.write(
            """
            user%1$d@example.com = $argon2id$v=19$m=19456,t=2,p=1$%2$s$%3$s
            user%1$d@example.com.groups = vpn, team%4$d
            user%1$d@example.com.mail = user%1$d@example.com
            """
                .formatted(i, base64.encodeToString(salt), base64.encodeToString(tag), i % 100));
      }
    }
  }

  private static Users read(UsersFile reader) {
    return switch (reader.read()) {
      case UsersFile.Reading.Read read -> read.users();
      case UsersFile.Reading.Broken broken ->
          throw new IllegalStateException(broken.problems().getFirst().toString());
    };
  }

  private Users load(UsersFile reader) {
    long[] clock = new long[LOADS];
    long[] processor = new long[LOADS];
    long before = heap();
    Users last = read(reader);
    long after = heap();
    for (int i = 0; i < LOADS; i++) {
      long begin = System.nanoTime();
      long beginByProcessor = processorTime();
      last = read(reader);
      processor[i] = TimeUnit.NANOSECONDS.toMillis(processorTime() - beginByProcessor);
      clock[i] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
    Arrays.sort(clock);
    Arrays.sort(processor);
    out.println(
        "read in %d ms, %d ms of them on the processor (medians of %d), kept in %d MiB"
            .formatted(
                clock[LOADS / 2], processor[LOADS / 2], LOADS, Math.max(0, after - before) >> 20));
    return last;
  }

  /** Of this thread: where something else runs beside, it is the fairer number. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void checkDuringReloads(UsersFile reader, Users read) throws InterruptedException {
    try (HashingThreads hashing = HashingThreads.forAllCores()) {
      UsersFileSource source = new UsersFileSource(read, hashing, InstantSource.system());
      var _ = checks(source);
      for (int round = 1; round <= ROUNDS; round++) {
        long[] alone = checks(source);
        Thread reloads =
            Thread.ofPlatform()
                .daemon()
                .start(
                    () -> {
                      while (!Thread.currentThread().isInterrupted()) {
                        source.replace(read(reader));
                      }
                    });
        long[] beside = checks(source);
        reloads.interrupt();
        reloads.join();
        out.println(
            "round %d, µs for a check: median %d and p99 %d alone, median %d and p99 %d while the file is read without end"
                .formatted(round, at(alone, 50), at(alone, 99), at(beside, 50), at(beside, 99)));
      }
    }
  }

  private static long at(long[] sorted, int percent) {
    return TimeUnit.NANOSECONDS.toMicros(sorted[(sorted.length - 1) * percent / 100]);
  }

  private static long[] checks(UsersFileSource source) throws InterruptedException {
    long[] nanos = new long[CHECKS];
    for (int i = 0; i < CHECKS; i++) {
      long begin = System.nanoTime();
      Answer answer = source.check(new Attempt("QUICK", new Password.Pap(PASSWORD), Instant.MAX));
      nanos[i] = System.nanoTime() - begin;
      if (!(answer instanceof Answer.Right)) {
        throw new IllegalStateException("a login was refused: " + answer);
      }
      LockSupport.parkNanos(BETWEEN_CHECKS.toNanos());
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private void checkByScheme() {
    String salt = "MDEyMzQ1Njc4OWFiY2RlZg";
    String tag = "VNRPOEr4zUs4jphVXEjRyu4YgnpcmOuQcIb+aTY37hw";
    Map<String, String> schemes = new LinkedHashMap<>();
    schemes.put("argon2id, m=19456,t=2,p=1", "$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + tag);
    schemes.put("bcrypt, cost 10", "$2b$10$abcdefghijklmnopqrstuuDlTuzQphC2dyjlUgzQEKNnHgSzicPWS");
    schemes.put("bcrypt, cost 12", "$2b$12$abcdefghijklmnopqrstuuDlTuzQphC2dyjlUgzQEKNnHgSzicPWS");
    schemes.put("sha512-crypt, 5000 rounds", "$6$abcdefgh$" + ".".repeat(86));
    schemes.put("pbkdf2-sha256, 600,000", "$pbkdf2-sha256$i=600000,l=32$" + salt + "$" + tag);
    schemes.put("{NT}", "{NT}8846F7EAEE8FB117AD06BDD830B7586C");
    schemes.put("{CLEARTEXT}", "{CLEARTEXT}another-password");
    out.println("checks of a wrong password that a core makes in a second:");
    schemes.forEach(
        (name, text) -> {
          StoredPassword stored =
              ((StoredPassword.Parsed.Stored) StoredPassword.parse(text)).password();
          var _ = rate(stored);
          out.println("  %-26s %,.0f".formatted(name, rate(stored)));
        });
  }

  private static double rate(StoredPassword stored) {
    long begin = processorTime();
    long passed = 0;
    long matched = 0;
    long made = 0;
    while (passed < PER_SCHEME.toNanos()) {
      matched += stored.matches(WRONG) ? 1 : 0;
      made++;
      passed = processorTime() - begin;
    }
    if (matched > 0) {
      throw new IllegalStateException("a wrong password was right");
    }
    return made * 1e9 / passed;
  }
}
