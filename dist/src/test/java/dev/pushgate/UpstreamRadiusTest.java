package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static dev.pushgate.RunningPushgate.nextQuestion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.nas.NasAnswer;
import dev.pushgate.radius.nas.NasLogin;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.PasswordMethod;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole logins of users whom FreeRADIUS knows (tried with 3.2.1), which demands a
 * Message-Authenticator; the second factor is a phone's.
 */
class UpstreamRadiusTest {
  private static final int REJECT = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Path folder;

  @BeforeEach
  void makeFolder(@TempDir Path path) {
    folder = path;
  }

  private FreeRadiusServer upstream() throws IOException {
    return upstream(RunningPushgate.freeUdpPort());
  }

  private FreeRadiusServer upstream(int port) throws IOException {
    return FreeRadiusServer.start(Files.createTempDirectory(folder, "raddb"), port);
  }

  private RunningPushgate pushgate(int port, String... more)
      throws IOException, InterruptedException {
    RunningPushgate.writeConfiguration(
        folder,
        RunningPushgate.freeUdpPort(),
        RunningPushgate.freeTcpPort(),
        "answer-within = 30s, mode = block");
    Files.writeString(folder.resolve("users.properties"), "");
    Files.writeString(
        folder.resolve("pushgate.conf"),
        """
        source = [ freeradius ]
        realms.corp.names = [ "CORP", "corp.example.com" ]
        sources.freeradius {
          kind = radius
          address = "127.0.0.1:%d"
          secret = "%s"
          timeout = 3s
        }
        """
                .formatted(port, FreeRadiusServer.SECRET)
            + String.join("\n", more)
            + "\n",
        StandardOpenOption.APPEND);
    return RunningPushgate.startIn(folder);
  }

  private static CompletableFuture<NasAnswer> asking(Nas nas, SignedRequest request) {
    CompletableFuture<NasAnswer> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () ->
                answer.completeAsync(
                    () -> {
                      try {
                        return nas.ask(request, Duration.ofSeconds(5), PATIENCE, Nas.Progress.NONE)
                            .orElseThrow();
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    },
                    Runnable::run));
    return answer;
  }

  private static NasAnswer ask(Nas nas, SignedRequest request) throws Exception {
    return asking(nas, request).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static NasAnswer approved(Nas nas, SignedRequest request, Phone phone) throws Exception {
    CompletableFuture<NasAnswer> answer = asking(nas, request);
    var _ = phone.approve(nextQuestion(phone), null);
    return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(PasswordMethod.class)
  void approvedLogin_isAcceptedWithWhatTheServerSays(PasswordMethod method) throws Exception {
    try (FreeRadiusServer upstream = upstream();
        RunningPushgate pushgate = pushgate(upstream.port());
        Nas nas = pushgate.nas()) {
      Phone phone = pushgate.enrol("alice");
      NasLogin login = nas.login("alice", utf8(PASSWORD), method);
      var _ = login.request().add(AttributeType.CALLING_STATION_ID, utf8("203.0.113.7"));
      NasAnswer answer = approved(nas, login.request(), phone);

      assertThat(answer.isAccept()).isTrue();
      ReceivedPacket accept = answer.packet();
      assertThat(accept.values(25)).containsExactly(utf8("OU=staff;"));
      assertThat(accept.values(11)).containsExactly(utf8("staff"));
      assertThat(accept.vendorValues(12356, 1)).containsExactly(utf8("vpn"));
      assertThat(accept.has(AttributeType.SESSION_TIMEOUT)).isTrue();
      assertThat(accept.has(88)).as("Framed-Pool, which is not listed").isFalse();
      assertThat(login.isProvedBy(answer)).isEqualTo(method == PasswordMethod.MSCHAPV2);
      assertThat(login.sessionKeys(answer).isPresent())
          .isEqualTo(method == PasswordMethod.MSCHAPV2);
      assertThat(upstream.said())
          .contains("Calling-Station-Id = \"203.0.113.7\"", "NAS-Identifier = \"pushgate\"");
    }
  }

  /** The keys are those of the password, whoever has checked it. */
  @Test
  void keysOfMsChap2_areThoseThatWeWouldMake() throws Exception {
    try (FreeRadiusServer upstream = upstream();
        RunningPushgate pushgate = pushgate(upstream.port());
        RunningPushgate own = RunningPushgate.start(Files.createTempDirectory(folder, "own"), "");
        Nas nas = pushgate.nas();
        Nas ownNas = own.nas()) {
      Phone phone = pushgate.enrol("alice");
      Phone ownPhone = own.enrol("alice");
      NasLogin login = nas.login("alice", utf8(PASSWORD), PasswordMethod.MSCHAPV2);
      NasAnswer theirs = approved(nas, login.request(), phone);
      NasAnswer ours = approved(ownNas, login.request(), ownPhone);

      assertThat(login.isProvedBy(theirs)).isTrue();
      assertThat(login.sessionKeys(theirs)).isPresent().isEqualTo(login.sessionKeys(ours));
    }
  }

  @ParameterizedTest
  @EnumSource(PasswordMethod.class)
  void wrongPassword_isRejectedAndNobodyIsAsked(PasswordMethod method) throws Exception {
    try (FreeRadiusServer upstream = upstream();
        RunningPushgate pushgate = pushgate(upstream.port());
        Nas nas = pushgate.nas()) {
      Phone phone = pushgate.enrol("alice");
      NasAnswer answer = ask(nas, nas.login("alice", utf8("wrong"), method).request());

      assertThat(answer.packet().getPacketType()).isEqualTo(REJECT);
      assertThat(answer.message()).isEqualTo("Wrong user name or password.");
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void realm_isTakenOffForPapAndTheUserIsTheSame() throws Exception {
    try (FreeRadiusServer upstream = upstream();
        RunningPushgate pushgate = pushgate(upstream.port());
        Nas nas = pushgate.nas()) {
      Phone phone = pushgate.enrol("alice");
      NasAnswer answer = approved(nas, nas.request("CORP\\ALICE", utf8(PASSWORD)), phone);
      assertThat(answer.isAccept()).isTrue();
      assertThat(upstream.said()).contains("User-Name = \"alice\"").doesNotContain("CORP");
    }
  }

  @Test
  void challenge_isShownAndItsAnswerPassedOn_thenThePhoneIsAsked() throws Exception {
    try (FreeRadiusServer upstream = upstream();
        RunningPushgate pushgate = pushgate(upstream.port());
        Nas nas = pushgate.nas()) {
      Phone phone = pushgate.enrol("carol");
      byte[] state = prompted(nas);
      NasAnswer wrong =
          ask(nas, nas.request("carol", utf8("000000")).add(AttributeType.STATE, state));
      assertThat(wrong.packet().getPacketType()).isEqualTo(REJECT);
      OneQuestion.noneIsLeft(phone);

      SignedRequest right = nas.request("carol", utf8("123456"));
      NasAnswer answer = approved(nas, right.add(AttributeType.STATE, prompted(nas)), phone);
      assertThat(answer.isAccept()).isTrue();
      assertThat(answer.packet().values(25)).containsExactly(utf8("token"));
    }
  }

  private static byte[] prompted(Nas nas) throws Exception {
    NasAnswer challenge = ask(nas, nas.request("carol", utf8(PASSWORD)));
    assertThat(challenge.isChallenge()).isTrue();
    assertThat(challenge.message()).isEqualTo("Enter the code of your token");
    byte[] state = challenge.packet().value(AttributeType.STATE).orElseThrow();
    assertThat(state).isNotEqualTo(utf8("token"));
    return state;
  }

  @Test
  void serverThatRestarts_isUnavailableMeanwhileAndThenUsedAgain() throws Exception {
    int port = RunningPushgate.freeUdpPort();
    try (RunningPushgate pushgate = pushgate(port);
        Nas nas = pushgate.nas()) {
      Phone phone = pushgate.enrol("alice");
      NasAnswer down = ask(nas, nas.request("alice", utf8(PASSWORD)));
      assertThat(down.packet().getPacketType()).isEqualTo(REJECT);
      assertThat(down.message()).startsWith("Sign-in is not available");

      try (FreeRadiusServer upstream = upstream(port)) {
        assertThat(upstream.port()).isEqualTo(port);
        assertThat(approved(nas, nas.request("alice", utf8(PASSWORD)), phone).isAccept()).isTrue();
      }
    }
  }

  /** GlobalProtect's portal and gateway send the same password within seconds. */
  @Test
  void secondLogin_doesNotAskTheServerAgain() throws Exception {
    try (FreeRadiusServer upstream = upstream();
        RunningPushgate pushgate =
            pushgate(upstream.port(), "sources.freeradius.password-memory = 30s");
        Nas nas = pushgate.nas()) {
      Phone phone = pushgate.enrol("alice");
      for (int login = 0; login < 2; login++) {
        assertThat(approved(nas, nas.request("alice", utf8(PASSWORD)), phone).isAccept()).isTrue();
      }
      assertThat(requests(upstream)).isEqualTo(1);

      assertThat(ask(nas, nas.request("alice", utf8("wrong"))).isAccept()).isFalse();
      assertThat(requests(upstream)).isEqualTo(2);
    }
  }

  private static long requests(FreeRadiusServer upstream) {
    return upstream.said().lines().filter(line -> line.contains("Received Access-Request")).count();
  }

  /** There is no list of users to look them up in. */
  @Test
  void command_takesTheNameOfAUserWhomOnlyTheServerKnows() throws Exception {
    try (RunningPushgate pushgate = pushgate(RunningPushgate.freeUdpPort())) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int exit =
          Pushgate.commandLine()
              .setOut(new PrintWriter(out))
              .setErr(new PrintWriter(err))
              .execute("enroll", "CORP\\Bob", "--config", folder.toString());
      assertThat(exit).as(err.toString()).isZero();
      assertThat(out.toString()).contains(pushgate.base() + "/enroll#");
      assertThat(err.toString()).contains("whether there is a user bob");
      assertThat(
              Pushgate.commandLine()
                  .setErr(new PrintWriter(err))
                  .execute("enroll", "b\u00f6b", "--config", folder.toString()))
          .isEqualTo(1);
      assertThat(err.toString()).contains("no source of users knows b");
    }
  }
}
