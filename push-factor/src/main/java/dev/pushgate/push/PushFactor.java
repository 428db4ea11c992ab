package dev.pushgate.push;

import dev.pushgate.push.code.OneTimeCodes;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.dialogue.Admission;
import dev.pushgate.push.dialogue.Attempt;
import dev.pushgate.push.dialogue.CodePrompt;
import dev.pushgate.push.dialogue.NumberPrompt;
import dev.pushgate.push.dialogue.PhoneWait;
import dev.pushgate.push.policy.Decision;
import dev.pushgate.push.policy.Policy;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.SecondFactor;
import dev.pushgate.radius.client.Mode;
import dev.pushgate.radius.message.Message;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second factor of this server: a push that is approved on a phone, or a code.
 *
 * <p>The {@link Policy} says what a login takes and how its user is asked. By a tap on the phone:
 * {@link PhoneWait}; by a prompt for a code or a tap: {@link CodePrompt}; by a number that the
 * prompt shows: {@link NumberPrompt}.
 *
 * <p>The way of an answer: the listener hands what a phone signed to {@link
 * dev.pushgate.push.phone.Phones#settle}, which checks the signature and settles the challenge;
 * that ends the wait in one of the three.
 */
public final class PushFactor implements SecondFactor {
  private static final Logger log = LoggerFactory.getLogger(PushFactor.class);

  private final Supplier<Policy> policy;
  private final Admission admission;
  private final Devices devices;
  private final OneTimeCodes codes;
  private final PhoneWait phoneWait;
  private final CodePrompt codePrompt;
  private final NumberPrompt numberPrompt;

  /**
   * @param policy asked for each login, so that it may change
   */
  public PushFactor(
      Supplier<Policy> policy,
      Admission admission,
      Devices devices,
      OneTimeCodes codes,
      PhoneWait phoneWait,
      CodePrompt codePrompt,
      NumberPrompt numberPrompt) {
    this.policy = policy;
    this.admission = admission;
    this.devices = devices;
    this.codes = codes;
    this.phoneWait = phoneWait;
    this.codePrompt = codePrompt;
    this.numberPrompt = numberPrompt;
  }

  @Override
  public Outcome verify(Login login, Instant deadline) throws InterruptedException {
    Decision decision = policy.get().decide(login);
    log.debug("{}: takes {} by {}", login, decision.requirement().word(), decision.mode().word());
    if (decision.requirement() == Requirement.DENY) {
      return new Outcome.Denied("not-allowed", Message.NOT_ALLOWED.in(login.language()));
    }
    boolean asks = decision.requirement() != Requirement.NONE;
    Optional<Outcome.Approved> before = asks ? admission.withoutAsking(login) : Optional.empty();
    if (before.isPresent()) {
      return before.get();
    }
    if (admission.isShut(login)) {
      return new Outcome.Denied(
          "too-many-failures", Message.TOO_MANY_FAILURES.in(login.language()));
    }
    if (!asks) {
      return login.passwordChecked() ? Outcome.Approved.unchecked("none") : unproved(login);
    }
    String user = login.user().name();
    Attempt attempt =
        new Attempt(login, decision.requirement(), devices.ofUser(user), codes.has(user));
    @Nullable String appended = login.appended();
    if (appended != null && !(CodePrompt.isPush(appended) && isByNumber(decision))) {
      return codePrompt.decideAppended(attempt, appended, deadline);
    }
    return switch (decision.mode()) {
      case BLOCK -> phoneWait.decide(attempt, deadline);
      case CHALLENGE ->
          attempt.requirement() == Requirement.NUMBER
              ? numberPrompt.ask(attempt)
              : codePrompt.ask(attempt);
      case NUMBER -> numberPrompt.ask(attempt);
    };
  }

  /** The gate would refuse an approval just as well; this says why. */
  private static Outcome unproved(Login login) {
    log.error(
        "{}: refused: factor = none lets nobody in where the NAS alone has checked the password",
        login);
    return new Outcome.Denied("nothing-proved", Message.NOT_ALLOWED.in(login.language()));
  }

  /** Whether a push takes a number here: who types behind the password must not get round it. */
  private static boolean isByNumber(Decision decision) {
    return decision.mode() == Mode.NUMBER
        || (decision.mode() == Mode.CHALLENGE && decision.requirement() == Requirement.NUMBER);
  }
}
