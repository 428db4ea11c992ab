package dev.pushgate.server;

import dev.pushgate.configuration.Configuration;
import dev.pushgate.configuration.SecondFactorSettings;
import dev.pushgate.push.PushFactor;
import dev.pushgate.push.alarm.Alarms;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.delivery.Deliveries;
import dev.pushgate.push.dialogue.Admission;
import dev.pushgate.push.dialogue.CodePrompt;
import dev.pushgate.push.dialogue.NumberPrompt;
import dev.pushgate.push.dialogue.PhoneWait;
import dev.pushgate.push.dialogue.Questions;
import dev.pushgate.push.dialogue.Refusals;
import dev.pushgate.push.dialogue.TypedCodes;
import dev.pushgate.push.enrolment.FirstEnrolment;
import dev.pushgate.push.limit.ConsecutiveFailures;
import dev.pushgate.push.limit.PushLimits;
import dev.pushgate.push.phone.RefusalListener;
import dev.pushgate.radius.SecondFactor;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The server's own second factor, put together.
 *
 * @param factor asked by the gate
 * @param refusals told of what users refuse on their phones
 * @param failures told of wrong passwords
 */
record OwnFactor(SecondFactor factor, RefusalListener refusals, ConsecutiveFailures failures) {

  /**
   * @param settings asked at each login, so that what reloads may change
   * @param firstEnrolment invites users who have no device; empty where nobody is invited
   */
  static OwnFactor of(
      Configuration configuration,
      Supplier<SecondFactorSettings> settings,
      State state,
      Challenges challenges,
      Deliveries deliveries,
      Alarms alarms,
      Optional<FirstEnrolment> firstEnrolment,
      InstantSource clock,
      SecureRandom random) {
    PushLimits limits = new PushLimits(state.store(), () -> settings.get().limits(), clock);
    Admission admission =
        new Admission(state.bypasses(), state.rememberedLogins(), limits, state.failures(), clock);
    Questions questions =
        new Questions(
            challenges,
            deliveries,
            limits,
            configuration.baseAddress(),
            configuration.push().expiry(),
            clock);
    TypedCodes codes =
        new TypedCodes(state.oneTimeCodes(), state.recoveryCodes(), state.bypassCodes(), admission);
    PhoneWait phoneWait = new PhoneWait(questions, admission, firstEnrolment);
    CodePrompt codePrompt = new CodePrompt(phoneWait, codes, admission);
    NumberPrompt numberPrompt =
        new NumberPrompt(
            questions,
            phoneWait,
            codePrompt,
            codes,
            admission,
            () -> settings.get().number(),
            random,
            clock);
    return new OwnFactor(
        new PushFactor(
            () -> settings.get().policy(),
            admission,
            state.devices(),
            state.oneTimeCodes(),
            phoneWait,
            codePrompt,
            numberPrompt),
        new Refusals(state.rememberedLogins(), limits, alarms),
        state.failures());
  }
}
