package dev.pushgate.push.alarm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.radius.packet.UntrustedText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What administrators are told.
 *
 * @param subject what is in trouble, in a stable word: one of few
 * @param reason why, in a few words; no secret
 * @param remedy what to do
 * @param at when
 * @param about whom it concerns, or null where it is nobody in particular
 */
record Alarm(String subject, String reason, String remedy, Instant at, @Nullable About about) {

  /**
   * The login that an alarm is about: texts of packets.
   *
   * @param user canonical name
   * @param client the NAS
   * @param from the user's address as the NAS told it, or null
   */
  record About(String user, String client, @Nullable String from) {}

  /** One JSON object, as docs/alarms.md has it. Texts of packets are made safe to show. */
  byte[] json() {
    ObjectNode alarm =
        JsonNodeFactory.instance
            .objectNode()
            .put("alarm", subject)
            .put("reason", UntrustedText.shown(reason))
            .put("remedy", remedy)
            .put("at", at.toString());
    if (about != null) {
      alarm.put("user", UntrustedText.shown(about.user()));
      alarm.put("client", UntrustedText.shown(about.client()));
      if (about.from() != null) {
        alarm.put("from", UntrustedText.shown(about.from()));
      }
    }
    return alarm.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Of two alarms with the same, one is enough for a while. */
  String sameness() {
    return about == null ? subject + '\n' + reason : subject + '\n' + about.user();
  }
}
