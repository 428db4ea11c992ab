package dev.pushgate.push.dialogue;

import dev.pushgate.push.device.Device;
import dev.pushgate.push.limit.Origin;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.message.Message;
import java.util.List;

/**
 * A login that needs its second factor.
 *
 * @param requirement what it takes: one of those that ask for something
 * @param devices the user's, the oldest first; may be empty
 * @param hasCodeApp whether the user has an app that computes codes
 */
public record Attempt(
    Login login, Requirement requirement, List<Device> devices, boolean hasCodeApp) {

  public Attempt {
    devices = List.copyOf(devices);
  }

  /** Canonical name of the user. */
  String user() {
    return login.user().name();
  }

  /** Where the login comes from. */
  Origin origin() {
    return Origin.of(login);
  }

  /** Whether a tap on Approve is enough, if there is a phone. */
  public boolean takesPush() {
    return (requirement == Requirement.PUSH || requirement == Requirement.PUSH_OR_CODE)
        && !devices.isEmpty();
  }

  /** Whether a code of the user's app is enough, and there is such an app. */
  public boolean takesCode() {
    return (requirement == Requirement.CODE || requirement == Requirement.PUSH_OR_CODE)
        && hasCodeApp;
  }

  /** A refusal in the user's language. */
  Outcome.Denied denied(String reason, Message message, Object... gaps) {
    return new Outcome.Denied(reason, message.in(login.language(), gaps));
  }

  /** The refusal of who has failed too often to be served there. */
  Outcome.Denied tooManyFailures() {
    return denied("too-many-failures", Message.TOO_MANY_FAILURES);
  }

  /**
   * A refusal that a NAS which tries again at once shall get again, without another push: the user
   * was asked.
   */
  Outcome.Denied answered(String reason, Message message) {
    return new Outcome.Denied(reason, message.in(login.language()), true);
  }
}
