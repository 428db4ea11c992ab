package dev.pushgate.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.radius.audit.AuditRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A record as a line of JSON, its fields as docs/audit.md lists them: all of them, always in that
 * order, null where nothing is known.
 */
final class AuditLine {
  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private AuditLine() {}

  /** The line in UTF-8, with its line break. */
  static byte[] of(AuditRecord record) {
    ObjectNode line = JSON.createObjectNode().put("time", time(record.at()));
    switch (record) {
      case AuditRecord.LoginEnd login -> add(line.put("event", "login"), login);
      case AuditRecord.VerdictTaken verdict -> add(line.put("event", "verdict"), verdict);
      case AuditRecord.RatchetForgotten forgotten ->
          add(line.put("event", "ratchet-forgotten"), forgotten);
      case AuditRecord.Accounted accounted -> add(line.put("event", "accounting"), accounted);
    }
    try {
      return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers is JSON", e);
    }
  }

  private static void add(ObjectNode line, AuditRecord.LoginEnd login) {
    line.put("login", login.login())
        .put("client", login.client())
        .put("user", login.user())
        .put("user_name", login.userName())
        .put("from", login.from())
        .put("method", login.method())
        .put("factor", login.factor())
        .put("outcome", login.outcome().name().toLowerCase(Locale.ROOT))
        .put("reason", login.reason())
        .put("took_ms", login.took().toMillis())
        .put("packets", login.packets());
  }

  private static void add(ObjectNode line, AuditRecord.VerdictTaken verdict) {
    line.put("login", verdict.login())
        .put("client", verdict.client())
        .put("user", verdict.user())
        .put("from", verdict.from())
        .put("verdict", verdict.verdict())
        .put("device", verdict.device())
        .put("challenge", verdict.challenge());
  }

  private static void add(ObjectNode line, AuditRecord.RatchetForgotten forgotten) {
    line.put("client", forgotten.client())
        .put("address", forgotten.address())
        .put("since", time(forgotten.since()));
  }

  private static void add(ObjectNode line, AuditRecord.Accounted accounted) {
    AuditRecord.Usage usage = accounted.usage();
    line.put("status", accounted.status())
        .put("client", accounted.client())
        .put("nas", accounted.nas())
        .put("user_name", accounted.userName())
        .put("from", accounted.from())
        .put("session", accounted.session())
        .put("multi_session", accounted.multiSession())
        .put("session_time_s", seconds(usage.sessionTime()))
        .put("input_octets", usage.inputOctets())
        .put("output_octets", usage.outputOctets())
        .put("input_packets", usage.inputPackets())
        .put("output_packets", usage.outputPackets())
        .put("terminate_cause", accounted.terminateCause());
    addAll(line.putArray("addresses"), accounted.addresses());
    addAll(line.putArray("class"), accounted.classes());
    Instant happened = accounted.happened();
    line.put("delay_s", seconds(accounted.delay()))
        .put("happened", happened == null ? null : time(happened));
  }

  private static void addAll(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private static String time(Instant instant) {
    return MILLISECONDS.format(instant);
  }

  private static @Nullable Long seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toSeconds();
  }
}
