package dev.pushgate.radius.login;

import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.SecondFactor;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.login.PacedCheck.Finding;
import dev.pushgate.radius.login.PasswordCheck.Checked;
import dev.pushgate.radius.message.Message;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.user.PasswordDialogue;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import dev.pushgate.radius.user.UserSource.Answer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens between an Access-Request and its reply: the password is checked, then the second
 * factor asked.
 *
 * <p>A packet that is a NAS's next try at a login which is open already joins that, and is answered
 * by the thread of the first one. One with a State goes on with a dialogue: of the second factor,
 * see {@link DialogueFlow}, or of the source of users, see {@link PasswordPrompts}.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Nobody is asked before the password has proved right, and each packet proves it anew; of a NAS
 * that checks passwords itself that is taken for granted, and a second factor must be checked.
 * Wrong password, unknown and disabled user get the same words, not before the reject delay is
 * over.
 *
 * <p>Runs on a virtual thread for each packet and simply blocks.
 */
public final class LoginFlow {
  private static final Logger log = LoggerFactory.getLogger(LoginFlow.class);

  private final PacedCheck passwords;
  private final PasswordLimits limits;
  private final Map<String, SecondFactor> factors;
  private final Duration rejectDelay;
  private final InstantSource clock;
  private final LoginCounts counts;
  private final OpenLogins openLogins = new OpenLogins();
  private final RecentRefusals refusals;
  private final Ending ending;
  private final DialogueFlow dialogues;
  private final PasswordPrompts passwordPrompts;

  /**
   * @param users checks passwords
   * @param factors second factors by the name that clients and users choose them by
   * @param rejectDelay how long after receipt a Reject for a wrong password leaves at the earliest
   * @param limits is told of wrong passwords
   */
  public LoginFlow(
      UserSource users,
      Map<String, SecondFactor> factors,
      Duration rejectDelay,
      PasswordLimits limits,
      LoginAudit audit,
      LoginCounts counts,
      InstantSource clock,
      SecureRandom random) {
    this.passwords = new PacedCheck(users, clock);
    this.limits = limits;
    this.factors = Map.copyOf(factors);
    this.rejectDelay = rejectDelay;
    this.counts = counts;
    this.clock = clock;
    this.refusals = new RecentRefusals(clock);
    Prompts prompts = new Prompts(clock, random);
    this.ending = new Ending(prompts, refusals, audit, counts, clock);
    this.dialogues = new DialogueFlow(prompts, ending, clock);
    this.passwordPrompts = new PasswordPrompts(clock, random);
  }

  /**
   * Decides a login and answers it; blocks for as long as the user takes. A packet that joins
   * another's login is left to that, and this returns at once.
   *
   * @throws InterruptedException when its time is over or the server stops; whoever interrupted has
   *     answered in its stead
   */
  public void decide(PendingReply pending) throws InterruptedException {
    AccessRequest request = pending.request();
    Optional<State> state = request.packet().value(AttributeType.STATE).map(State::received);
    if (state.isEmpty()) {
      goOn(pending, pending.interruptibly(() -> passwords.check(request)), LoginKey.of(request));
      return;
    }
    Optional<PasswordDialogue> asked = passwordPrompts.take(state.get(), request);
    if (asked.isPresent()) {
      answered(pending, asked.get());
    } else {
      dialogues.goOn(pending, state.get());
    }
  }

  /** Hands the source of users what it has asked for. */
  private void answered(PendingReply pending, PasswordDialogue asked) throws InterruptedException {
    AccessRequest request = pending.request();
    Optional<String> typed = DialogueFlow.typed(request);
    if (typed.isEmpty()) {
      dialogues.refuseUnreadable(pending);
      return;
    }
    Finding finding = pending.interruptibly(() -> passwords.check(request, asked, typed.get()));
    goOn(pending, finding, Optional.empty());
  }

  /**
   * @param key by which packets are joined, or empty where this one is by itself
   */
  private void goOn(PendingReply pending, Finding finding, Optional<LoginKey> key)
      throws InterruptedException {
    AccessRequest request = pending.request();
    switch (finding) {
      case Finding.TooEarly(Duration left) -> refuseTooEarly(pending, left);
      case Finding.Answered(Checked(Answer answer, String appended), boolean counted) -> {
        switch (answer) {
          case Answer.Right right -> begin(new LoginPacket(pending, right), key, appended);
          case Answer.Asked asked -> ask(pending, asked);
          case Answer.Unknown(String reason) ->
              refuseWrong(pending, new Answer.Wrong(reason), counted);
          case Answer.Wrong wrong -> refuseWrong(pending, wrong, counted);
          case Answer.Unavailable(String reason) -> refuseUnavailable(pending, reason);
          case Answer.Busy(String reason) -> {
            log.error("{}: refused, busy: {}", request, reason);
            ending.refuse(pending, LoginAudit.Known.NOTHING, Refusal.BUSY.in(request.language()));
          }
        }
      }
    }
  }

  private void ask(PendingReply pending, Answer.Asked asked) {
    AccessRequest request = pending.request();
    Optional<State> state = passwordPrompts.open(request, asked);
    if (state.isEmpty()) {
      log.error("{}: refused, {} prompts are open already", request, Prompts.MOST);
      ending.refuse(
          pending, LoginAudit.Known.NOTHING, Refusal.TOO_MANY_PROMPTS.in(request.language()));
      return;
    }
    log.info("{}: the source of users asks for more", request);
    ending.show(pending, asked, state.get());
  }

  private void refuseUnavailable(PendingReply pending, String reason) {
    AccessRequest request = pending.request();
    Outcome.Denied denied = Refusal.UNAVAILABLE.in(request.language());
    if (request.client().sources().silentWhenUnavailable()) {
      log.error("{}: left without an answer, the source of users cannot say: {}", request, reason);
      ending.staySilent(pending, denied);
    } else {
      log.error("{}: refused, the source of users cannot say: {}", request, reason);
      ending.refuse(pending, LoginAudit.Known.NOTHING, denied);
    }
  }

  private void refuseWrong(PendingReply pending, Answer.Wrong wrong, boolean counted)
      throws InterruptedException {
    AccessRequest request = pending.request();
    if (counted) {
      counts.countWrongPassword();
    }
    log.info(
        "{}: refused, {}{}",
        request,
        wrong.reason(),
        counted ? "" : ", tried before by another method");
    String user = wrong.user();
    if (counted && user != null) {
      pending.interruptibly(() -> tellWrong(request, user));
    }
    refuseAfterDelay(
        pending,
        new Outcome.Denied(wrong.cause().word(), wrong.cause().message().in(request.language())));
  }

  /** Returns whether it could be told; the user hears the same in any case. */
  private boolean tellWrong(AccessRequest request, String user) throws InterruptedException {
    try {
      limits.wrong(user);
      return true;
    } catch (RuntimeException e) {
      log.error("{}: cannot count a wrong password of {}: {}", request, user, e.getMessage());
      return false;
    }
  }

  private void refuseTooEarly(PendingReply pending, Duration left) throws InterruptedException {
    long seconds = Math.max(1, left.plusMillis(999).toSeconds());
    counts.countTooEarly();
    log.info(
        "{}: refused, too many wrong passwords came before, {} s to wait",
        pending.request(),
        seconds);
    refuseAfterDelay(
        pending,
        new Outcome.Denied(
            "too-many-tries",
            Message.TOO_MANY_WRONG_PASSWORDS.in(pending.request().language(), seconds)));
  }

  private void refuseAfterDelay(PendingReply pending, Outcome.Denied denied)
      throws InterruptedException {
    AccessRequest request = pending.request();
    Duration delay = request.client().kind().rejectDelay(rejectDelay);
    pending.interruptibly(() -> sleepUntil(request.received().plus(delay), request.answerBy()));
    ending.refuse(pending, LoginAudit.Known.NOTHING, denied);
  }

  private void begin(LoginPacket packet, Optional<LoginKey> key, @Nullable String appended)
      throws InterruptedException {
    AccessRequest request = packet.request();
    if (!packet.pending().claimIdentifier()) {
      log.info("{}: not answered, its Identifier has been used for a later request", request);
      return;
    }
    OpenLogin own = new OpenLogin(packet, key.map(LoginKey::namesSession).orElse(false), clock);
    if (key.isEmpty()) {
      ask(own, packet, appended);
    } else if (openLogins.opens(key.get(), packet, own)) {
      try {
        ask(own, packet, appended);
      } finally {
        openLogins.close(key.get(), own);
      }
    } else {
      counts.countJoined();
      log.info(
          "{}: a next try at a login of {} that is open", request, packet.right().user().name());
    }
  }

  private void ask(OpenLogin open, LoginPacket packet, @Nullable String appended)
      throws InterruptedException {
    AccessRequest request = packet.request();
    User user = packet.right().user();
    LoginAudit.Known known = new LoginAudit.Known(user.name(), null, 1);
    // Who brings a code has thought of something new to say.
    Optional<Outcome.Denied> refusal =
        appended == null ? refusals.of(request, user) : Optional.empty();
    if (refusal.isPresent()) {
      counts.countRefusedAgain();
      log.info("{}: refused as a moment ago, {}", request, refusal.get().reason());
      ending.refuseAll(open, known, refusal.get());
      return;
    }
    String word =
        Optional.ofNullable(user.factor())
            .or(() -> Optional.ofNullable(request.client().factor()))
            .orElse(Client.DEFAULT_FACTOR);
    SecondFactor factor = factors.get(word);
    if (factor == null) {
      log.error("{}: refused, there is no second factor named '{}'", request, word);
      ending.refuseAll(open, known, Refusal.UNAVAILABLE.in(request.language()));
      return;
    }
    String name = nameOf(factor, word);
    log.info(
        "{}: the password of {} is {}, asking {}",
        request,
        user.name(),
        packet.right().passwordChecked() ? "right" : "the NAS's business",
        name);
    Login login =
        new Login(
            request.loginId(),
            user,
            request.client(),
            request.userAddress().orElse(null),
            request.received(),
            appended,
            packet.right().fingerprint(),
            packet.right().passwordChecked());
    Instant deadline = request.answerBy();
    var _ =
        ending.decide(
            open, packet, new Asking(login, name), deadline, () -> factor.verify(login, deadline));
  }

  /** A factor that decides by itself what is asked goes by one name, whichever word led to it. */
  private String nameOf(SecondFactor factor, String word) {
    return factor == factors.get(Client.DEFAULT_FACTOR) ? Client.DEFAULT_FACTOR : word;
  }

  private boolean sleepUntil(Instant wanted, Instant latest) throws InterruptedException {
    Instant end = wanted.isBefore(latest) ? wanted : latest;
    Duration left = Duration.between(clock.instant(), end);
    if (left.isPositive()) {
      Thread.sleep(left);
    }
    return true;
  }
}
