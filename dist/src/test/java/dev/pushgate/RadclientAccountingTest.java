package dev.pushgate;

import static dev.pushgate.RunningPushgate.nextQuestion;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.push.phone.Question;
import dev.pushgate.radius.nas.Nas;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Accounting and Status-Server by FreeRADIUS's client, which checks the replies by its own code
 * (tried with 3.2.1), and what audit.jsonl says of it.
 */
class RadclientAccountingTest {
  private static final String STOP =
      "Acct-Status-Type=Stop, Acct-Session-Id=\"0001\", User-Name=\"alice\","
          + " Acct-Session-Time=61, Acct-Input-Octets=5, Acct-Input-Gigawords=1,"
          + " Acct-Output-Octets=4294967295, Acct-Terminate-Cause=User-Request,"
          + " Framed-IP-Address=10.0.0.9, Proxy-State=0x0001ff";

  @ParameterizedTest
  @ValueSource(strings = {"", ", Message-Authenticator=0x00"})
  void radclient_sendingAStop_isAnsweredAndTheLineIsThere(String more, @TempDir Path folder)
      throws Exception {
    Path radclient = ForeignProgram.require("radclient");
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "")) {
      assertThat(said(radclient, pushgate, pushgate.accounting(), "acct", STOP + more))
          .contains("Received Accounting-Response")
          .contains("Proxy-State = 0x0001ff");
      JsonNode line = lines(pushgate).getFirst();
      assertThat(line.get("event").textValue()).isEqualTo("accounting");
      assertThat(line.get("status").textValue()).isEqualTo("stop");
      assertThat(line.get("client").textValue()).isEqualTo(RunningPushgate.CLIENT);
      assertThat(line.get("session_time_s").longValue()).isEqualTo(61);
      assertThat(line.get("input_octets").longValue()).isEqualTo(0x1_0000_0005L);
      assertThat(line.get("output_octets").longValue()).isEqualTo(0xffff_ffffL);
      assertThat(line.get("terminate_cause").textValue()).isEqualTo("user-request");
      assertThat(line.get("addresses").get(0).textValue()).isEqualTo("10.0.0.9");
    }
  }

  @Test
  void radclient_askingForTheStatus_isAnsweredOnBothPorts(@TempDir Path folder) throws Exception {
    Path radclient = ForeignProgram.require("radclient");
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "")) {
      String signed = "Message-Authenticator=0x00";
      assertThat(said(radclient, pushgate, pushgate.radius(), "status", signed))
          .contains("Received Access-Accept");
      assertThat(said(radclient, pushgate, pushgate.accounting(), "status", signed))
          .contains("Received Accounting-Response");
      assertThat(lines(pushgate)).isEmpty();
    }
  }

  @Test
  void accountingOnAFullDisk_isNotAnswered(@TempDir Path folder) throws Exception {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full));
    Path state =
        Files.createDirectory(
            folder.resolve("state"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createSymbolicLink(state.resolve("audit.jsonl"), full);
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        Nas nas = pushgate.accountingNas()) {
      Duration patience = Duration.ofSeconds(1);
      assertThat(nas.ask(nas.accounting(), patience, patience, Nas.Progress.NONE)).isEmpty();
      Files.delete(state.resolve("audit.jsonl"));
      assertThat(nas.ask(nas.accounting(), patience, patience.multipliedBy(10), Nas.Progress.NONE))
          .isPresent();
      assertThat(lines(pushgate)).hasSize(1);
    }
  }

  @Test
  void verdict_isRecordedBeforeThePhoneIsTold(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s")) {
      Phone phone = pushgate.enrol("alice");
      LoginAtNas login = LoginAtNas.start(pushgate, "alice", "203.0.113.77");
      Question question = nextQuestion(phone);
      var _ = phone.approve(question, null);
      JsonNode line =
          lines(pushgate).stream()
              .filter(each -> each.get("event").textValue().equals("verdict"))
              .findFirst()
              .orElseThrow();
      assertThat(line.get("verdict").textValue()).isEqualTo("approve");
      assertThat(line.get("user").textValue()).isEqualTo("alice");
      assertThat(line.get("from").textValue()).isEqualTo("203.0.113.77");
      assertThat(line.get("challenge").textValue()).isEqualTo(question.id());
      assertThat(login.isAccepted()).isTrue();
    }
  }

  private static List<JsonNode> lines(RunningPushgate pushgate) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(pushgate.state().folder().resolve("audit.jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private static String said(
      Path radclient,
      RunningPushgate pushgate,
      InetSocketAddress server,
      String command,
      String attributes)
      throws IOException, InterruptedException {
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
                "127.0.0.1:" + server.getPort(),
                command)
            .redirectErrorStream(true)
            .start();
    try {
      try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
        in.write(attributes + "\n");
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
