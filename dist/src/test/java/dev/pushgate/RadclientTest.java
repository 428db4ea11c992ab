package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static dev.pushgate.RunningPushgate.nextQuestion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.command.TotpApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same by FreeRADIUS's client, which checks Response Authenticator and Message-Authenticator of
 * each reply by its own code (tried with 3.2.1) and takes no reply in which one is wrong.
 */
class RadclientTest {
  private static final Pattern STATE = Pattern.compile("State = (0x[0-9a-f]+)");

  /** 0x00 makes radclient sign the request. */
  private static final String SIGNED = "Message-Authenticator=0x00";

  @ParameterizedTest
  @ValueSource(
      strings = {
        SIGNED,
        SIGNED + ", Proxy-State=0x0001ff, Proxy-State=0x70",
        "NAS-Identifier=unsigned",
      })
  void radclient_approvedOnThePhone_receivesAccept(String attributes, @TempDir Path folder)
      throws Exception {
    Path radclient = ForeignProgram.require("radclient");
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s")) {
      Phone phone = pushgate.enrol("alice");
      Process process = login(radclient, pushgate, PASSWORD, attributes);
      try {
        var _ = phone.approve(nextQuestion(phone), null);
        String said = output(process);
        assertThat(said).contains("Received Access-Accept").contains("Message-Authenticator = 0x");
        assertThat(process.exitValue()).as(said).isZero();
        if (attributes.contains("Proxy-State")) {
          assertThat(said)
              .containsSubsequence("Received", "Proxy-State = 0x0001ff", "Proxy-State = 0x70");
        }
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /** What the files say, by the names and in the words of FreeRADIUS's own dictionaries. */
  @Test
  void radclient_approved_showsTheReplyAttributesThatTheFilesSay(@TempDir Path folder)
      throws Exception {
    Path radclient = ForeignProgram.require("radclient");
    RunningPushgate.writeConfiguration(
        folder,
        RunningPushgate.freeUdpPort(),
        RunningPushgate.freeTcpPort(),
        "reply { Filter-Id = of-the-client, Framed-Pool = of-the-client }");
    Files.writeString(
        folder.resolve("users.properties"),
        """
        alice.groups = vpn, staff
        alice.reply.Tunnel-Type:1 = VLAN
        alice.reply.Tunnel-Medium-Type:1 = IEEE-802
        alice.reply.Tunnel-Private-Group-Id:1 = 42
        alice.reply.Framed-IPv6-Prefix = 2001:db8:1::/48
        alice.reply.Delegated-IPv6-Prefix = 2001:db8:2::/56
        alice.reply.Framed-IP-Address = 192.0.2.7
        alice.reply.Class = "0x00ff10", "OU=policy;"
        alice.reply.Cisco-AVPair = "ip:addr-pool=first, second", "shell:priv-lvl=15"
        alice.reply.Filter-Id = of-the-user
        group.vpn.reply.Fortinet-Group-Name = "vpn", "all"
        group.staff.reply.Fortinet-Group-Name = "staff", "all"
        group.staff.reply.Filter-Id = of-the-group
        group.staff.reply.Service-Type = Framed-User
        group.staff.reply.ASA-Group-Policy = Staff
        group.nobody.reply.PaloAlto-User-Group = not-sent
        """,
        StandardOpenOption.APPEND);
    try (RunningPushgate pushgate = RunningPushgate.startIn(folder)) {
      Phone phone = pushgate.enrol("alice");
      Process process = login(radclient, pushgate, PASSWORD, SIGNED);
      try {
        var _ = phone.approve(nextQuestion(phone), null);
        String said = output(process);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said.substring(said.indexOf("Received Access-Accept")).lines().skip(1))
            .map(String::strip)
            .filteredOn(line -> !line.startsWith("Message-Authenticator"))
            .containsExactlyInAnyOrder(
                "Tunnel-Type:1 = VLAN",
                "Tunnel-Medium-Type:1 = IEEE-802",
                "Tunnel-Private-Group-Id:1 = \"42\"",
                "Framed-IPv6-Prefix = 2001:db8:1::/48",
                "Delegated-IPv6-Prefix = 2001:db8:2::/56",
                "Framed-IP-Address = 192.0.2.7",
                "Class = 0x00ff10",
                "Class = 0x4f553d706f6c6963793b",
                "Cisco-AVPair = \"ip:addr-pool=first, second\"",
                "Cisco-AVPair = \"shell:priv-lvl=15\"",
                "Filter-Id = \"of-the-user\"",
                "Fortinet-Group-Name = \"vpn\"",
                "Fortinet-Group-Name = \"all\"",
                "Fortinet-Group-Name = \"staff\"",
                "Service-Type = Framed-User",
                "ASA-Group-Policy = \"Staff\"",
                "Framed-Pool = \"of-the-client\"");
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void radclient_thatSendsAgainWhileThePushWaits_asksOnce(@TempDir Path folder) throws Exception {
    Path radclient = ForeignProgram.require("radclient");
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s");
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      Phone phone = pushgate.enrol("alice");
      Process process =
          ask(
              radclient,
              pushgate,
              relay.port(),
              "User-Name=alice, User-Password=" + PASSWORD + ", " + SIGNED);
      try {
        OneQuestion.after(phone, () -> relay.awaitRequests(2)).approve();
        assertThat(output(process)).contains("Received Access-Accept");
      } finally {
        process.destroyForcibly();
      }
      assertThat(relay.differentRequests()).isOne();
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void radclient_deniedOnThePhone_receivesRejectAndTheWords(@TempDir Path folder) throws Exception {
    Path radclient = ForeignProgram.require("radclient");
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s")) {
      Phone phone = pushgate.enrol("alice");
      Process process = login(radclient, pushgate, PASSWORD, SIGNED);
      try {
        OneQuestion.after(phone, () -> {}).deny();
        assertThat(output(process))
            .contains("Received Access-Reject")
            .contains("Reply-Message = \"The sign-in was denied on your phone.\"");
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void radclient_withAWrongPassword_receivesRejectAndTheWords(@TempDir Path folder)
      throws Exception {
    Path radclient = ForeignProgram.require("radclient");
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s")) {
      Process process = login(radclient, pushgate, "wrong-horse", SIGNED);
      try {
        assertThat(output(process))
            .contains("Received Access-Reject")
            .contains("Reply-Message = \"Wrong user name or password.\"");
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /**
   * What a FortiGate sees and sends in mode challenge, by the names of FreeRADIUS's dictionaries.
   */
  @ParameterizedTest
  @ValueSource(strings = {"", "push"})
  void radclient_asAFortiGate_isAskedAsByFortiAuthenticatorAndAnswersByState(
      String wish, @TempDir Path folder) throws Exception {
    Path radclient = ForeignProgram.require("radclient");
    try (RunningPushgate pushgate =
        RunningPushgate.start(folder, "kind = fortigate, answer-within = 30s")) {
      Phone phone = pushgate.enrol("alice");
      String state = challenged(login(radclient, pushgate, PASSWORD, SIGNED));
      OneQuestion.noneIsLeft(phone);
      Process process = answer(radclient, pushgate, wish, state);
      try {
        OneQuestion.after(phone, () -> {}).approve();
        assertThat(output(process)).contains("Received Access-Accept");
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void radclient_asAFortiGate_answersByACodeOnce(@TempDir Path folder) throws Exception {
    Path radclient = ForeignProgram.require("radclient");
    try (RunningPushgate pushgate =
        RunningPushgate.start(folder, "kind = fortigate, answer-within = 30s")) {
      Phone phone = pushgate.enrol("alice");
      TotpApp app = pushgate.enrolCodes("alice");
      String code = app.code();
      String state = challenged(login(radclient, pushgate, PASSWORD, SIGNED));
      assertThat(output(answer(radclient, pushgate, code, state)))
          .contains("Received Access-Accept");

      state = challenged(login(radclient, pushgate, PASSWORD, SIGNED));
      assertThat(output(answer(radclient, pushgate, code, state)))
          .contains("Received Access-Challenge")
          .containsPattern("Reply-Message = \"Please wait [0-9]+ seconds to login again\"");
      OneQuestion.noneIsLeft(phone);
    }
  }

  /** Sees that the login is answered by FortiAuthenticator's Challenge, and returns its State. */
  private static String challenged(Process login) throws IOException, InterruptedException {
    String said = output(login);
    assertThat(said)
        .contains(
            "Received Access-Challenge",
            "Reply-Message = \"+Enter token code or no code to send a notification to your"
                + " FortiToken Mobile\"",
            "Fortinet-FAC-Challenge-Code = \"001\"");
    Matcher state = STATE.matcher(said);
    assertThat(state.find()).as(said).isTrue();
    return state.group(1);
  }

  private static Process answer(
      Path radclient, RunningPushgate pushgate, String typed, String state) throws IOException {
    return login(radclient, pushgate, "\"" + typed + "\"", SIGNED + ", State=" + state);
  }

  @Test
  void radclient_withAnotherSecret_receivesNothing(@TempDir Path folder) throws Exception {
    Path radclient = ForeignProgram.require("radclient");
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s")) {
      Process process =
          new ProcessBuilder(
                  radclient.toString(), "-x", "-t", "1", "-r", "1", address(pushgate), "auth", "no")
              .redirectErrorStream(true)
              .start();
      try {
        type(process, "User-Name=alice, User-Password=" + PASSWORD + ", " + SIGNED);
        assertThat(output(process)).contains("No reply from server").doesNotContain("Received");
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void radclient_byChap_receivesAccept(@TempDir Path folder) throws Exception {
    Path radclient = ForeignProgram.require("radclient");
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s")) {
      Phone phone = pushgate.enrol("alice");
      for (String challenge : List.of("", ", CHAP-Challenge=0x0102030405")) {
        Process process =
            ask(
                radclient,
                pushgate,
                "User-Name=alice, CHAP-Password=" + PASSWORD + challenge + ", " + SIGNED);
        try {
          var _ = phone.approve(nextQuestion(phone), null);
          assertThat(output(process)).contains("Received Access-Accept");
        } finally {
          process.destroyForcibly();
        }
      }
    }
  }

  /** The example of RFC 2759 section 9.2 and RFC 3079 section 3.5.3; radclient reveals the key. */
  @Test
  void radclient_byMsChap2_receivesTheRfcsProofAndKey(@TempDir Path folder) throws Exception {
    Path radclient = ForeignProgram.require("radclient");
    RunningPushgate.writeConfiguration(
        folder,
        RunningPushgate.freeUdpPort(),
        RunningPushgate.freeTcpPort(),
        "answer-within = 30s");
    Files.writeString(folder.resolve("users.properties"), "User = {CLEARTEXT}clientPass\n");
    try (RunningPushgate pushgate = RunningPushgate.startIn(folder)) {
      Phone phone = pushgate.enrol("User");
      Process process =
          ask(
              radclient,
              pushgate,
              "User-Name=User, MS-CHAP-Challenge=0x5b5d7c7d7b3f2f3e3c2c602132262628,"
                  + " MS-CHAP2-Response=0x010021402324255e262a28295f2b3a337c7e0000000000000000"
                  + "82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df, "
                  + SIGNED);
      try {
        var _ = phone.approve(nextQuestion(phone), null);
        assertThat(output(process))
            .contains(
                "Received Access-Accept",
                "MS-CHAP2-Success = 0x01533d34303741353538393131354644304436323039463531304645394330"
                    + "34353636393332434441353",
                "MS-MPPE-Send-Key = 0x8b7cdc149b993a1ba118cb153f56dccb",
                "MS-MPPE-Recv-Key = 0xd5f0e9521e3ea9589645e86051c82226",
                "MS-MPPE-Encryption-Policy = Encryption-Allowed");
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void radclient_byMsChap1_receivesReject(@TempDir Path folder) throws Exception {
    Path radclient = ForeignProgram.require("radclient");
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s")) {
      Process process =
          ask(radclient, pushgate, "User-Name=alice, MS-CHAP-Password=" + PASSWORD + ", " + SIGNED);
      try {
        assertThat(output(process))
            .contains("MS-CHAP-Response = ", "Received Access-Reject")
            .contains("Reply-Message = \"Wrong user name or password.\"");
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static Process login(
      Path radclient, RunningPushgate pushgate, String password, String attributes)
      throws IOException {
    return ask(
        radclient,
        pushgate,
        pushgate.radius().getPort(),
        "User-Name=alice, User-Password=" + password + ", " + attributes);
  }

  private static Process ask(Path radclient, RunningPushgate pushgate, String attributes)
      throws IOException {
    return ask(radclient, pushgate, pushgate.radius().getPort(), attributes);
  }

  private static Process ask(Path radclient, RunningPushgate pushgate, int port, String attributes)
      throws IOException {
    Path secret = Files.writeString(pushgate.folder().resolve("secret"), RunningPushgate.SECRET);
    Process process =
        new ProcessBuilder(
                radclient.toString(),
                "-x",
                "-t",
                "5",
                "-r",
                "3",
                "-S",
                secret.toString(),
                "127.0.0.1:" + port,
                "auth")
            .redirectErrorStream(true)
            .start();
    type(process, attributes);
    return process;
  }

  private static String address(RunningPushgate pushgate) {
    return "127.0.0.1:" + pushgate.radius().getPort();
  }

  private static void type(Process process, String attributes) throws IOException {
    try (var in = process.outputWriter(StandardCharsets.US_ASCII)) {
      in.write(attributes + "\n");
    }
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
