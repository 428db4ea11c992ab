package dev.pushgate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.nas.NasAnswer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins of users who are in Debian's slapd and nowhere else, through the whole server. */
class DirectoryLoginTest {
  private static final int FRAMED_IP_ADDRESS = 8;
  private static final int CLASS = 25;
  private static final String PASSWORD = "correct horse, (*)\\ grüße";

  private static void configure(Path folder, Slapd slapd) throws Exception {
    RunningPushgate.writeConfiguration(
        folder, RunningPushgate.freeUdpPort(), RunningPushgate.freeTcpPort(), "");
    Files.writeString(folder.resolve("corp.password"), Slapd.SERVICE_PASSWORD + "\n");
    Files.writeString(
        folder.resolve("users.properties"),
        "group.staff.reply.Class = of-staff\n",
        StandardOpenOption.APPEND);
    Files.writeString(
        folder.resolve("pushgate.conf"),
        """
        source = [ users, corp ]
        sources.corp {
          kind = ldap
          servers = [ "%s", "%s" ]
          trust = "%s"
          bind-dn = "%s"
          bind-password-file = corp.password
          base = "ou=people,%s"
          name-suffix = "@corp"
          group-attribute = memberOf
          reply = { Framed-IP-Address = roomNumber }
        }
        groups.STAFF.factor = push
        groups.everyone.factor = deny
        """
            .formatted(
                slapd.ldapUrl(),
                slapd.ldapsUrl(),
                slapd.authorityFile(),
                Slapd.SERVICE,
                Slapd.BASE),
        StandardOpenOption.APPEND);
  }

  private static NasAnswer ask(RunningPushgate pushgate, String user, String password)
      throws Exception {
    try (Nas nas = pushgate.nas()) {
      return nas.ask(
              nas.request(user, password.getBytes(UTF_8)),
              Duration.ofSeconds(5),
              Duration.ofSeconds(50),
              Nas.Progress.NONE)
          .orElseThrow();
    }
  }

  @Test
  void userOfTheDirectory_isPushedAndLetIn(@TempDir Path folder) throws Exception {
    try (Slapd slapd = Slapd.start(folder.resolve("slapd"), SlapdEntries.of(PASSWORD))) {
      configure(folder, slapd);
      try (RunningPushgate pushgate = RunningPushgate.startIn(folder)) {
        Phone phone = pushgate.enrol("Alice@corp");
        CompletableFuture<NasAnswer> login = new CompletableFuture<>();
        Thread.ofVirtual()
            .start(
                () ->
                    login.completeAsync(
                        () -> {
                          try {
                            // In the file is another alice, whose password is another.
                            return ask(pushgate, "ALICE@corp", PASSWORD);
                          } catch (Exception e) {
                            throw new IllegalStateException(e);
                          }
                        },
                        Runnable::run));
        var _ = phone.approve(RunningPushgate.nextQuestion(phone), null);

        NasAnswer answer = login.join();
        assertThat(answer.isAccept()).isTrue();
        assertThat(answer.packet().values(FRAMED_IP_ADDRESS))
            .containsExactly(new byte[] {(byte) 192, 0, 2, 7});
        assertThat(answer.packet().values(CLASS)).containsExactly("of-staff".getBytes(UTF_8));
        assertThat(ask(pushgate, "alice@corp", "wrong").isAccept()).isFalse();
        assertThat(ask(pushgate, "bob", PASSWORD).isAccept()).isFalse();
      }
    }
  }
}
