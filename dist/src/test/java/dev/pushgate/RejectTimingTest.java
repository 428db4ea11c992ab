package dev.pushgate;

import static dev.pushgate.CheckedReply.REJECT;
import static dev.pushgate.RunningPushgate.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.user.Argon2id;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the time until a Reject does not tell which users there are. */
class RejectTimingTest {
  private static final int TRIES = 21;

  /**
   * Who costs no hash is answered in a hundredth of the time of one who does, so medians within a
   * factor of two tell the cases apart and bear a busy machine.
   */
  @Test
  void rejects_takeAsLongForUnknownAndDisabledUsersAsForWrongPasswords(@TempDir Path folder)
      throws Exception {
    RunningPushgate.writeConfiguration(
        folder,
        RunningPushgate.freeUdpPort(),
        RunningPushgate.freeTcpPort(),
        "answer-within = 30s");
    Files.writeString(
        folder.resolve("pushgate.conf"), "radius.reject-delay = 0s\n", StandardOpenOption.APPEND);
    String hash = Argon2id.hash(PASSWORD.toCharArray(), new SecureRandom()).text();
    Files.writeString(
        folder.resolve("users.properties"),
        "alice = " + hash + "\ncarol = " + hash + "\ncarol.disabled = true\ndave = {CLEARTEXT}x\n");
    String[] users = {"alice", "nobody", "carol"};
    long[][] nanos = new long[users.length][TRIES];
    try (RunningPushgate pushgate = RunningPushgate.startIn(folder);
        RawNas nas = pushgate.rawNas()) {
      for (int attempt = 0; attempt < TRIES; attempt++) {
        for (int user = 0; user < users.length; user++) {
          nanos[user][attempt] = timeOfReject(nas, attempt, users[user]);
        }
      }
    }
    long[] medians = Arrays.stream(nanos).mapToLong(RejectTimingTest::median).toArray();
    long shortest = Arrays.stream(medians).min().orElseThrow();
    long longest = Arrays.stream(medians).max().orElseThrow();
    assertThat(longest)
        .as("medians in ns of %s: %s", Arrays.toString(users), Arrays.toString(medians))
        .isLessThan(2 * shortest);
  }

  private static long timeOfReject(RawNas nas, int identifier, String user) throws IOException {
    // From ever another place, so that nobody has to wait for the tries before.
    RawRequest request =
        new RawRequest(identifier, user, "wrong-horse")
            .with(RawRequest.CALLING_STATION_ID, "203.0.113." + identifier);
    long begin = System.nanoTime();
    CheckedReply reply = nas.ask(request);
    long end = System.nanoTime();
    assertThat(reply.code()).isEqualTo(REJECT);
    return end - begin;
  }

  private static long median(long[] values) {
    return Arrays.stream(values).sorted().skip(values.length / 2).findFirst().orElseThrow();
  }
}
