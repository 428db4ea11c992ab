package dev.pushgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.radius.audit.AuditRecord;
import dev.pushgate.radius.audit.AuditRecord.Accounted;
import dev.pushgate.radius.audit.AuditRecord.BypassEnded;
import dev.pushgate.radius.audit.AuditRecord.BypassGranted;
import dev.pushgate.radius.audit.AuditRecord.LoginEnd;
import dev.pushgate.radius.audit.AuditRecord.PushesLifted;
import dev.pushgate.radius.audit.AuditRecord.RatchetForgotten;
import dev.pushgate.radius.audit.AuditRecord.Usage;
import dev.pushgate.radius.audit.AuditRecord.VerdictTaken;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuditLineTest {
  private static final Instant AT = Instant.parse("2026-11-24T06:30:00.5Z");
  private static final LoginEnd LOGIN =
      new LoginEnd(
          AT,
          "4f1c2a9b07",
          "fortigate-hq",
          "müller",
          "CORP\\\"M\\u{202e}üller",
          "203.0.113.77",
          "pap",
          "push",
          LoginEnd.Result.REJECT,
          "denied",
          Duration.ofMillis(4211),
          1);
  private static final VerdictTaken VERDICT =
      new VerdictTaken(
          AT, "4f1c2a9b07", "fortigate-hq", "alice", null, "deny", "device", "challenge");
  private static final Accounted ACCOUNTED =
      new Accounted(
          AT,
          "fortigate-hq",
          "192.0.2.1",
          "stop",
          "alice",
          "203.0.113.77",
          "0001",
          null,
          new Usage(Duration.ofHours(1), 12_884_901_887L, 7L, 10L, null),
          "user-request",
          List.of("10.0.0.9"),
          List.of("staff"),
          Duration.ZERO,
          Instant.ofEpochSecond(1_700_000_000));

  private record Line(AuditRecord record, String text) {}

  private static List<Line> lines() {
    return List.of(
        new Line(
            LOGIN,
            "{\"time\":\"2026-11-24T06:30:00.500Z\",\"event\":\"login\",\"login\":\"4f1c2a9b07\","
                + "\"client\":\"fortigate-hq\",\"user\":\"müller\","
                + "\"user_name\":\"CORP\\\\\\\"M\\\\u{202e}üller\",\"from\":\"203.0.113.77\","
                + "\"method\":\"pap\",\"factor\":\"push\",\"outcome\":\"reject\","
                + "\"reason\":\"denied\",\"took_ms\":4211,"
                + "\"packets\":1}\n"),
        new Line(
            VERDICT,
            "{\"time\":\"2026-11-24T06:30:00.500Z\",\"event\":\"verdict\","
                + "\"login\":\"4f1c2a9b07\",\"client\":\"fortigate-hq\",\"user\":\"alice\","
                + "\"from\":null,\"verdict\":\"deny\",\"device\":\"device\","
                + "\"challenge\":\"challenge\"}\n"),
        new Line(
            new RatchetForgotten(AT, "fortigate-hq", "192.0.2.1", AT.minusSeconds(1)),
            "{\"time\":\"2026-11-24T06:30:00.500Z\",\"event\":\"ratchet-forgotten\","
                + "\"client\":\"fortigate-hq\",\"address\":\"192.0.2.1\","
                + "\"since\":\"2026-11-24T06:29:59.500Z\"}\n"),
        new Line(
            new BypassGranted(
                AT, "alice", BypassGranted.Way.CODE, AT.plusSeconds(900), "lost phone", "root"),
            "{\"time\":\"2026-11-24T06:30:00.500Z\",\"event\":\"bypass-granted\","
                + "\"user\":\"alice\",\"way\":\"code\","
                + "\"until\":\"2026-11-24T06:45:00.500Z\",\"reason\":\"lost phone\","
                + "\"by\":\"root\"}\n"),
        new Line(
            new BypassEnded(AT, "alice", "root"),
            "{\"time\":\"2026-11-24T06:30:00.500Z\",\"event\":\"bypass-ended\","
                + "\"user\":\"alice\",\"by\":\"root\"}\n"),
        new Line(
            new PushesLifted(AT, "alice", "root"),
            "{\"time\":\"2026-11-24T06:30:00.500Z\",\"event\":\"pushes-lifted\","
                + "\"user\":\"alice\",\"by\":\"root\"}\n"),
        new Line(
            ACCOUNTED,
            "{\"time\":\"2026-11-24T06:30:00.500Z\",\"event\":\"accounting\","
                + "\"status\":\"stop\",\"client\":\"fortigate-hq\",\"nas\":\"192.0.2.1\","
                + "\"user_name\":\"alice\",\"from\":\"203.0.113.77\",\"session\":\"0001\","
                + "\"multi_session\":null,\"session_time_s\":3600,"
                + "\"input_octets\":12884901887,\"output_octets\":7,\"input_packets\":10,"
                + "\"output_packets\":null,\"terminate_cause\":\"user-request\","
                + "\"addresses\":[\"10.0.0.9\"],\"class\":[\"staff\"],\"delay_s\":0,"
                + "\"happened\":\"2023-11-14T22:13:20.000Z\"}\n"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void record_isOneLineWithItsFieldsInOrder(Line line) {
    assertThat(new String(AuditLine.of(line.record()), StandardCharsets.UTF_8))
        .isEqualTo(line.text());
  }

  @ParameterizedTest
  @MethodSource("lines")
  void page_describesTheFieldsOfEachEventInTheirOrder(Line line) throws Exception {
    List<String> fields = new ArrayList<>();
    new ObjectMapper().readTree(line.text()).fieldNames().forEachRemaining(fields::add);
    String event = new ObjectMapper().readTree(line.text()).required("event").textValue();
    String page = Files.readString(Path.of("../docs/audit.md"));
    String section = page.split("(?m)^## `" + event + "`", 2)[1].split("(?m)^## ", 2)[0];
    assertThat(
            Pattern.compile("(?m)^\\| `([a-z_]+)` \\|")
                .matcher(section)
                .results()
                .map(field -> field.group(1)))
        .isEqualTo(fields.subList(2, fields.size()));
  }
}
