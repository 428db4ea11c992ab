package dev.pushgate.radius.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened. Holds no secret and no State; texts that came in packets have been made
 * safe to show.
 */
public sealed interface AuditRecord {

  /** When it happened, by this server's clock. */
  Instant at();

  /**
   * A login has its answer, or an answer that asks for more.
   *
   * @param login names the login in the log as well
   * @param client name of the NAS
   * @param user canonical name, or null where the source of users does not know the person
   * @param userName as typed, safe to show, or null where there is not exactly one User-Name
   * @param from where the user comes from, safe to show, or null where the NAS does not tell
   * @param method how the password was proved, for example {@code pap}, or null where it was not
   *     tried
   * @param factor the second factor that was asked, or null where it was not reached
   * @param reason a stable word for a Reject's why or for that of no answer, or null for an Accept
   * @param took from the first packet's arrival to the answer
   * @param packets how many packets of the NAS, retransmissions aside, were one login
   */
  record LoginEnd(
      Instant at,
      String login,
      String client,
      @Nullable String user,
      @Nullable String userName,
      @Nullable String from,
      @Nullable String method,
      @Nullable String factor,
      Result outcome,
      @Nullable String reason,
      Duration took,
      int packets)
      implements AuditRecord {

    /** What the NAS is answered. */
    public enum Result {
      ACCEPT,
      REJECT,
      CHALLENGE,
      /** None, so that the NAS asks another server. */
      NO_ANSWER
    }
  }

  /**
   * A phone's verdict was taken.
   *
   * @param login the login that it decides
   * @param client name of the NAS
   * @param user canonical name
   * @param from where the user comes from, safe to show, or null where the NAS does not tell
   * @param verdict {@code approve}, {@code deny}, {@code report}, or {@code wrong-number} for an
   *     approval that is a denial by its number
   * @param device whose verdict it was
   * @param challenge the question that it answers
   */
  record VerdictTaken(
      Instant at,
      String login,
      String client,
      String user,
      @Nullable String from,
      String verdict,
      String device,
      String challenge)
      implements AuditRecord {}

  /**
   * An administrator has undone that an address must sign its requests.
   *
   * @param client name of the NAS
   * @param address whose requests may be unsigned from now on
   * @param since when it had signed first
   */
  record RatchetForgotten(Instant at, String client, String address, Instant since)
      implements AuditRecord {}

  /**
   * An administrator lets a user in without the second factor: for a time, or once by a code.
   *
   * @param user canonical name
   * @param way whether it is for a time or by a code
   * @param until when it ends by itself
   * @param reason in the administrator's words, safe to show
   * @param by the administrator, as this machine knows them, safe to show
   */
  record BypassGranted(Instant at, String user, Way way, Instant until, String reason, String by)
      implements AuditRecord {

    /** How the second factor is passed by. */
    public enum Way {
      /** In any number of logins. */
      TIME,
      /** In one login, by a code that the user types. */
      CODE
    }
  }

  /**
   * An administrator has ended what let a user in without the second factor.
   *
   * @param user canonical name
   * @param by the administrator, as this machine knows them, safe to show
   */
  record BypassEnded(Instant at, String user, String by) implements AuditRecord {}

  /**
   * An administrator lets pushes go to a user again after the user has reported a login.
   *
   * @param user canonical name
   * @param by the administrator, as this machine knows them, safe to show
   */
  record PushesLifted(Instant at, String user, String by) implements AuditRecord {}

  /**
   * Something has to be mended by an administrator.
   *
   * @param subject what is in trouble, for example {@code apns}
   * @param reason why, in a few words
   */
  record AlarmRaised(Instant at, String subject, String reason) implements AuditRecord {}

  /**
   * A NAS told of a session (RFC 2866).
   *
   * @param client name of the NAS
   * @param nas address that the packet came from
   * @param status {@code start}, {@code interim-update}, {@code stop}, {@code accounting-on},
   *     {@code accounting-off}, another Acct-Status-Type by its number, or null where there is none
   * @param userName as the NAS has it, safe to show, or null where it does not tell
   * @param from where the user comes from, safe to show, or null where the NAS does not tell
   * @param session Acct-Session-Id, safe to show, or null
   * @param multiSession Acct-Multi-Session-Id, safe to show, or null
   * @param usage what the session has used so far
   * @param terminateCause why it ended, or null where it goes on
   * @param addresses what the user was given: addresses, and prefixes with their length
   * @param classes what the Accept gave along, safe to show
   * @param delay for how long the NAS has tried to deliver this, or null where it does not tell
   * @param happened when it happened by the NAS's clock, or null where it does not tell
   */
  record Accounted(
      Instant at,
      String client,
      String nas,
      @Nullable String status,
      @Nullable String userName,
      @Nullable String from,
      @Nullable String session,
      @Nullable String multiSession,
      Usage usage,
      @Nullable String terminateCause,
      List<String> addresses,
      List<String> classes,
      @Nullable Duration delay,
      @Nullable Instant happened)
      implements AuditRecord {

    public Accounted {
      addresses = List.copyOf(addresses);
      classes = List.copyOf(classes);
    }
  }

  /**
   * What a session has used; null where the NAS does not tell.
   *
   * @param sessionTime how long it has lasted
   * @param inputOctets from the user, of 64 bits
   * @param outputOctets to the user, of 64 bits
   */
  record Usage(
      @Nullable Duration sessionTime,
      @Nullable Long inputOctets,
      @Nullable Long outputOctets,
      @Nullable Long inputPackets,
      @Nullable Long outputPackets) {}
}
