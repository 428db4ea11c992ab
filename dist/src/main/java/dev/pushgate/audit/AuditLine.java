package dev.pushgate.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.pushgate.radius.audit.AuditRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  /** Its buffers are shared: those of a virtual thread would be made anew for each record. */
  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build();

  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private static final int USUAL_LENGTH = 512;

  private final JsonGenerator json;

  private AuditLine(JsonGenerator json) {
    this.json = json;
  }

  /** The line in UTF-8, with its line break. */
  static byte[] of(AuditRecord record) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(USUAL_LENGTH);
    try (JsonGenerator json = JSON.createGenerator(octets)) {
      AuditLine line = new AuditLine(json);
      json.writeStartObject();
      line.put("time", time(record.at()));
      switch (record) {
        case AuditRecord.LoginEnd login -> line.put("event", "login").add(login);
        case AuditRecord.VerdictTaken verdict -> line.put("event", "verdict").add(verdict);
        case AuditRecord.RatchetForgotten forgotten ->
            line.put("event", "ratchet-forgotten").add(forgotten);
        case AuditRecord.BypassGranted granted -> line.put("event", "bypass-granted").add(granted);
        case AuditRecord.BypassEnded ended -> line.put("event", "bypass-ended").add(ended);
        case AuditRecord.PushesLifted lifted -> line.put("event", "pushes-lifted").add(lifted);
        case AuditRecord.AlarmRaised alarm -> line.put("event", "alarm").add(alarm);
        case AuditRecord.Accounted accounted -> line.put("event", "accounting").add(accounted);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    octets.write('\n');
    return octets.toByteArray();
  }

  private void add(AuditRecord.LoginEnd login) throws IOException {
    put("login", login.login());
    put("client", login.client());
    put("user", login.user());
    put("user_name", login.userName());
    put("from", login.from());
    put("method", login.method());
    put("factor", login.factor());
    put("outcome", login.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    put("reason", login.reason());
    put("took_ms", login.took().toMillis());
    put("packets", (long) login.packets());
  }

  private void add(AuditRecord.VerdictTaken verdict) throws IOException {
    put("login", verdict.login());
    put("client", verdict.client());
    put("user", verdict.user());
    put("from", verdict.from());
    put("verdict", verdict.verdict());
    put("device", verdict.device());
    put("challenge", verdict.challenge());
  }

  private void add(AuditRecord.RatchetForgotten forgotten) throws IOException {
    put("client", forgotten.client());
    put("address", forgotten.address());
    put("since", time(forgotten.since()));
  }

  private void add(AuditRecord.BypassGranted granted) throws IOException {
    put("user", granted.user());
    put("way", granted.way().name().toLowerCase(Locale.ROOT));
    put("until", time(granted.until()));
    put("reason", granted.reason());
    put("by", granted.by());
  }

  private void add(AuditRecord.BypassEnded ended) throws IOException {
    put("user", ended.user());
    put("by", ended.by());
  }

  private void add(AuditRecord.PushesLifted lifted) throws IOException {
    put("user", lifted.user());
    put("by", lifted.by());
  }

  private void add(AuditRecord.AlarmRaised alarm) throws IOException {
    put("subject", alarm.subject());
    put("reason", alarm.reason());
  }

  private void add(AuditRecord.Accounted accounted) throws IOException {
    AuditRecord.Usage usage = accounted.usage();
    put("status", accounted.status());
    put("client", accounted.client());
    put("nas", accounted.nas());
    put("user_name", accounted.userName());
    put("from", accounted.from());
    put("session", accounted.session());
    put("multi_session", accounted.multiSession());
    put("session_time_s", seconds(usage.sessionTime()));
    put("input_octets", usage.inputOctets());
    put("output_octets", usage.outputOctets());
    put("input_packets", usage.inputPackets());
    put("output_packets", usage.outputPackets());
    put("terminate_cause", accounted.terminateCause());
    put("addresses", accounted.addresses());
    put("class", accounted.classes());
    Instant happened = accounted.happened();
    put("delay_s", seconds(accounted.delay()));
    put("happened", happened == null ? null : time(happened));
  }

  private AuditLine put(String field, @Nullable String text) throws IOException {
    json.writeStringField(field, text); // null is written as such
    return this;
  }

  private void put(String field, @Nullable Long number) throws IOException {
    if (number == null) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, number);
    }
  }

  private void put(String field, List<String> texts) throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static String time(Instant instant) {
    return MILLISECONDS.format(instant);
  }

  private static @Nullable Long seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toSeconds();
  }
}
