package dev.pushgate.radius.login;

import dev.pushgate.radius.audit.Audit;
import dev.pushgate.radius.audit.AuditException;
import dev.pushgate.radius.audit.AuditRecord.LoginEnd;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.PasswordMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes down how logins end, before their answer leaves.
 *
 * <p>Blocks until it is written; safe for use by many threads.
 */
public final class LoginAudit {
  private final Audit audit;
  private final InstantSource clock;

  public LoginAudit(Audit audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What is known of a login besides its packet.
   *
   * @param user canonical name, or null where the password was not right
   * @param factor the second factor that was asked, or null where none was
   * @param packets how many packets were one login
   */
  record Known(@Nullable String user, @Nullable String factor, int packets) {
    /** Nothing is known but the packet. */
    static final Known NOTHING = new Known(null, null, 1);
  }

  /** Whether an Access-Accept has been recorded: it must not leave otherwise. */
  boolean accepted(AccessRequest request, Known known) {
    return isRecorded(request, known, LoginEnd.Result.ACCEPT, null);
  }

  /** Records an Access-Challenge, if it can be. */
  void challenged(AccessRequest request, Known known) {
    boolean unused = isRecorded(request, known, LoginEnd.Result.CHALLENGE, null);
  }

  /** Records an Access-Reject, if it can be. */
  void rejected(AccessRequest request, Known known, String reason) {
    boolean unused = isRecorded(request, known, LoginEnd.Result.REJECT, reason);
  }

  /** Records that a login is left without an answer, if it can be. */
  void unanswered(AccessRequest request, String reason) {
    boolean unused = isRecorded(request, Known.NOTHING, LoginEnd.Result.NO_ANSWER, reason);
  }

  /**
   * Records an Access-Reject of which nothing is known but the packet.
   *
   * @param reason a stable word
   */
  public void rejected(AccessRequest request, String reason) {
    rejected(request, Known.NOTHING, reason);
  }

  private boolean isRecorded(
      AccessRequest request, Known known, LoginEnd.Result result, @Nullable String reason) {
    Instant now = clock.instant();
    LoginEnd end =
        new LoginEnd(
            now,
            request.loginId(),
            request.client().name(),
            known.user(),
            request.userName().map(UntrustedText::shown).orElse(null),
            request.userAddress().orElse(null),
            request.method().map(PasswordMethod::word).orElse(null),
            known.factor(),
            result,
            reason,
            Duration.between(request.received(), now),
            known.packets());
    try {
      audit.record(end);
      return true;
    } catch (AuditException e) {
      // The audit has told the administrator.
      return false;
    }
  }
}
