package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many logins wait at once, asked for by another process, and none is lost. */
class StormTest {

  @Test
  @Timeout(180)
  void thousandLoginsThatWaitAtOnce_areAllAcceptedWhenThePhonesApprove(@TempDir Path folder)
      throws Exception {
    RunningPushgate.writeConfiguration(
        folder,
        RunningPushgate.freeUdpPort(),
        RunningPushgate.freeTcpPort(),
        "answer-within = 120s");
    Files.writeString(
        folder.resolve("pushgate.conf"), "push.expiry = 120s\n", StandardOpenOption.APPEND);
    Files.writeString(
        folder.resolve("users.properties"),
        IntStream.range(0, Storm.USERS)
            .mapToObj(user -> Storm.user(user) + " = {CLEARTEXT}" + RunningPushgate.PASSWORD)
            .collect(Collectors.joining("\n")));
    try (RunningPushgate pushgate = RunningPushgate.startIn(folder)) {
      enrolAll(pushgate);
      Process storm = storm(pushgate);
      try (InputStream told = storm.getInputStream()) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> pushgate.server().waiting() == Storm.LOGINS);
        try (var say = storm.outputWriter(StandardCharsets.UTF_8)) {
          say.write("approve\n");
        }
        List<String> lines =
            new String(told.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertThat(storm.waitFor()).as("%s", lines).isZero();
        assertThat(lines).hasSize(Storm.USERS + Storm.LOGINS);
        assertThat(lines.subList(0, Storm.USERS)).containsOnly("phone " + Storm.LOGINS_EACH);
        assertThat(lines.subList(Storm.USERS, lines.size()))
            .isEqualTo(Collections.nCopies(Storm.LOGINS, "login accepted"));
        assertThat(pushgate.server().waiting()).isZero();
      } finally {
        storm.destroyForcibly();
      }
    }
  }

  private static void enrolAll(RunningPushgate pushgate) throws IOException, InterruptedException {
    for (int user = 0; user < Storm.USERS; user++) {
      Reply<Phone> reply =
          Phone.enrol(
              pushgate.http(),
              pushgate.invite(Storm.user(user)),
              "Phone",
              pushgate.folder().resolve(Storm.account(user)),
              InstantSource.system());
      assertThat(reply).isInstanceOf(Reply.Done.class);
    }
  }

  private static Process storm(RunningPushgate pushgate) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Storm.class.getName(),
            Integer.toString(pushgate.radius().getPort()),
            pushgate.certificate().toString(),
            pushgate.folder().toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
