package dev.pushgate.push.alarm;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom an alarm is told besides log and audit.
 *
 * @param webhook an https address that gets it by POST, or null for none
 * @param command a program and its arguments that get it on standard input; empty for none
 */
public record AlarmSettings(@Nullable URI webhook, List<String> command) {
  /** Log and audit only. */
  public static final AlarmSettings DEFAULT = new AlarmSettings(null, List.of());

  public AlarmSettings {
    command = List.copyOf(command);
  }

  /** Some addresses of webhooks are secrets. */
  @Override
  public String toString() {
    return "AlarmSettings[webhook "
        + (webhook == null ? "none" : "not shown")
        + ", command="
        + command
        + "]";
  }
}
