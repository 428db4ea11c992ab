package dev.pushgate.configuration;

import dev.pushgate.push.enrolment.InlineEnrolment;
import dev.pushgate.radius.client.Network;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code enroll}. */
final class EnrolmentSection {
  private static final Map<String, Boolean> SWITCH = Words.table("on", true, "off", false);
  private static final Duration LEAST_VALIDITY = Duration.ofMinutes(1);
  private static final Duration MOST_VALIDITY = Duration.ofDays(1);

  private final Section enroll;
  private final InstantSource clock;

  EnrolmentSection(Section enroll, InstantSource clock) {
    this.enroll = enroll;
    this.clock = clock;
  }

  /** How it is done, or null where it is off or cannot be done (reported). */
  @Nullable InlineEnrolment read() {
    boolean on = enroll.word("inline", SWITCH, false);
    Setting end = enroll.setting("until");
    Instant until = end == null ? null : until(end, on);
    Setting where = enroll.setting("networks");
    List<Network> networks = where == null ? List.of() : NetworkList.read(where);
    Duration validFor =
        enroll.duration(
            "valid-for", LEAST_VALIDITY, MOST_VALIDITY, InlineEnrolment.DEFAULT_VALIDITY);
    Setting mail = enroll.setting("mail-command");
    List<String> mailCommand = mail == null ? List.of() : ProgramSetting.read(mail);
    enroll.refuseUnknown(Vocabulary.ENROLL);
    if (!on) {
      return null;
    }
    requireBounds(where, networks);
    return until == null || networks.isEmpty()
        ? null
        : new InlineEnrolment(until, networks, validFor, mailCommand);
  }

  private void requireBounds(@Nullable Setting where, List<Network> networks) {
    if (!enroll.has("until")) {
      enroll.missing(
          "until",
          "it is not said when this ends, and a thief of a password could enrol a phone until then",
          "Set it to the last day, such as \"2027-01-31\"");
    }
    if (!enroll.has("networks")) {
      enroll.missing(
          "networks",
          "it is not said where users must come from to enrol their first phone",
          "Set it to networks that you trust, such as [ \"198.51.100.0/24\" ]");
    }
    if (where != null && networks.stream().anyMatch(network -> network.prefixLength() == 0)) {
      where.warning(
          "everybody who has the password of a user without a device can enrol one",
          "Name networks that you trust");
    }
  }

  /** The end of that day by UTC. A day that is over is a warning, for it comes by itself. */
  private @Nullable Instant until(Setting setting, boolean on) {
    String text = setting.text();
    if (text == null) {
      return null;
    }
    Instant until;
    try {
      until = LocalDate.parse(text.strip()).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      setting.problem(
          Words.quoted(text) + " is not a day", "Write one as year, month and day: \"2027-01-31\"");
      return null;
    }
    if (on && !clock.instant().isBefore(until)) {
      setting.warning(
          "that day is over, so users without a device are refused",
          "Set it to a later day, or write inline = off");
    }
    return until;
  }
}
