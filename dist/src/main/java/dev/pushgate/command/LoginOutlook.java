package dev.pushgate.command;

import dev.pushgate.configuration.SecondFactorSettings;
import dev.pushgate.push.bypass.Bypass;
import dev.pushgate.push.dialogue.Attempt;
import dev.pushgate.push.dialogue.CodePrompt;
import dev.pushgate.push.dialogue.NumberPrompt;
import dev.pushgate.push.enrolment.InlineEnrolment;
import dev.pushgate.push.limit.PushPermit;
import dev.pushgate.push.policy.Decision;
import dev.pushgate.push.policy.Policy;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.client.Mode;
import dev.pushgate.radius.message.Message;
import dev.pushgate.radius.packet.UntrustedText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What would become of a login once its password has proved right, in the order in which {@link
 * dev.pushgate.push.PushFactor} looks at it.
 */
final class LoginOutlook {
  private static final String SOME_NUMBER = "47160453";
  private static final String SOME_OPTION = "47";

  private final SecondFactorSettings settings;
  private final Login login;
  private final Decision decision;
  private final Standing standing;
  private final Attempt attempt;
  private final String user;
  private final List<String> lines = new ArrayList<>();

  LoginOutlook(SecondFactorSettings settings, Login login, Decision decision, Standing standing) {
    this.settings = settings;
    this.login = login;
    this.decision = decision;
    this.standing = standing;
    this.attempt =
        new Attempt(login, decision.requirement(), standing.devices(), standing.codeApps() > 0);
    this.user = UntrustedText.shown(login.user().name());
  }

  /**
   * Lines for people, at least one; those behind "else" are for where the ones before fail.
   *
   * @param objection why the user is refused in any case, if so
   */
  List<String> lines(Optional<String> objection) {
    if (objection.isPresent()) {
      lines.add("refused: " + objection.get());
    } else {
      decide();
    }
    return List.copyOf(lines);
  }

  private void decide() {
    Optional<String> plugin = Policy.plugin(login.user(), login.client());
    if (decision.requirement() == Requirement.DENY) {
      lines.add("refused: " + user + " may not sign in here");
    } else if (plugin.isPresent()) {
      lines.add("the plugin " + plugin.get() + " is asked");
    } else if (decision.requirement() == Requirement.NONE && !login.passwordChecked()) {
      lines.add(
          "refused: no factor is wanted, and "
              + login.client().name()
              + " checks the password itself, so nothing would be proved here");
    } else if (decision.requirement() != Requirement.NONE
        && login.passwordChecked()
        && standing.bypass() != null) {
      bypassed(standing.bypass());
    } else if (standing.capped() && !standing.known()) {
      lines.add(
          "refused: %d wrong passwords and codes in a row, so only known places are served; start anew with: pushgate forget %s"
              .formatted(standing.failures(), user));
    } else if (decision.requirement() == Requirement.NONE) {
      lines.add("let in by the password alone");
    } else {
      passedBy();
    }
  }

  private void bypassed(Bypass bypass) {
    lines.add(
        "let in by the password alone: a bypass is in force until %s (%s)"
            .formatted(ShownTime.utc(bypass.until()), UntrustedText.shown(bypass.reason())));
  }

  private void passedBy() {
    Instant remembered = standing.rememberedUntil();
    if (remembered != null) {
      lines.add(
          "let in by the password alone, if it is the one that the login had which is remembered until "
              + ShownTime.utc(remembered)
              + "; else:");
    } else if (login.client().dialogue().remember() != null && login.userIp().isEmpty()) {
      lines.add("nothing is remembered, for there is no address");
    }
    if (login.client().dialogue().append()) {
      lines.add("where a comma and a code, or push, is typed behind the password, that is taken");
    }
    switch (decision.mode()) {
      case BLOCK -> block();
      case CHALLENGE -> {
        if (decision.requirement() == Requirement.NUMBER) {
          number();
        } else {
          challenge();
        }
      }
      case NUMBER -> number();
    }
  }

  private void block() {
    if (!attempt.takesPush()) {
      withoutPhone();
    } else if (standing.push() instanceof PushPermit.Granted) {
      lines.add("a push goes to the phone, and the VPN waits until it is answered");
    } else {
      lines.add("refused: " + noPush());
    }
  }

  private void challenge() {
    if (!attempt.takesPush() && !attempt.takesCode()) {
      withoutPhone();
      return;
    }
    sees(CodePrompt.promptOf(attempt));
    if (attempt.takesPush()) {
      lines.add(
          standing.push() instanceof PushPermit.Granted
              ? "left empty, a push goes to the phone, and the VPN waits until it is answered"
              : "left empty, " + instead() + ": " + noPush());
    }
  }

  private void number() {
    boolean needsNumber = decision.requirement() == Requirement.NUMBER;
    if (standing.devices().isEmpty() || (!attempt.takesPush() && !needsNumber)) {
      codeAlone(needsNumber);
    } else if (standing.push() instanceof PushPermit.Granted) {
      boolean choose = settings.number().choose() && !needsNumber;
      sees(NumberPrompt.promptOf(attempt, choose ? SOME_OPTION : someNumber(), !choose));
      lines.add(
          choose
              ? "a push goes to the phone at the same time, which shows some numbers to choose from"
              : "a push goes to the phone at the same time, where the number has to be typed");
    } else if (attempt.takesCode()) {
      lines.add("no push: " + noPush());
      codeAlone(false);
    } else {
      lines.add("refused: " + noPush());
    }
  }

  private void codeAlone(boolean needsNumber) {
    if (needsNumber) {
      withoutDevice();
    } else if (attempt.takesCode()) {
      sees(Message.CODE_PROMPT.in(login.language()));
    } else {
      withoutPhone();
    }
  }

  private String someNumber() {
    String digits = SOME_NUMBER.substring(0, settings.number().digits());
    int half = digits.length() / 2;
    return digits.length() < 4 ? digits : digits.substring(0, half) + " " + digits.substring(half);
  }

  private void sees(String prompt) {
    lines.add("the VPN shows \"" + prompt + "\"");
  }

  private String instead() {
    return attempt.takesCode() ? "only a code helps" : "refused";
  }

  private String noPush() {
    return switch (standing.push()) {
      case PushPermit.Stopped() ->
          user
              + " reported a login, so pushes go to known places only; let them go again with: pushgate"
              + " lift "
              + user;
      case PushPermit.Exhausted(Instant until) ->
          "too many pushes were not approved; the next may go at " + ShownTime.utc(until);
      case PushPermit.Granted _ -> throw new IllegalStateException("a push may go");
    };
  }

  private void withoutPhone() {
    boolean inBlock = decision.mode() == Mode.BLOCK;
    if (decision.requirement() == Requirement.NUMBER && !standing.devices().isEmpty()) {
      lines.add("refused: in mode block no number can be shown");
    } else if (attempt.takesCode() && inBlock) {
      lines.add(
          login.client().dialogue().append()
              ? "refused without such a code"
              : "refused: a code is needed, and mode block asks for none");
    } else if (decision.requirement() == Requirement.CODE) {
      lines.add(
          "refused: "
              + user
              + " has no app for codes; make one with: pushgate enroll "
              + user
              + " --app totp");
    } else {
      withoutDevice();
    }
  }

  private void withoutDevice() {
    InlineEnrolment inline = settings.inlineEnrolment();
    lines.add(
        "refused: "
            + user
            + " has no device; make one with: pushgate enroll "
            + user
            + (inline == null
                ? ""
                : ". Who never had one is invited until "
                    + ShownTime.utc(inline.until())
                    + " from the networks of enroll.networks"));
  }
}
