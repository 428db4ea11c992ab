package dev.pushgate.radius.login;

import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.login.OpenLogin.Claim;
import dev.pushgate.radius.login.OpenLogin.Question;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How logins end: asks the second factor, and answers every packet of the login by what it found.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>An Access-Accept is made in one place only, here: for {@link Outcome.Approved}, once, for the
 * one packet that {@link OpenLogin#claim} gives it to, whose password was right.
 */
final class Ending {
  private static final Logger log = LoggerFactory.getLogger(Ending.class);
  private static final Outcome.Denied TOO_LATE = new Outcome.Denied("too-late", Words.TOO_LATE);
  private static final Outcome.Denied TWO_SESSIONS =
      new Outcome.Denied("two-sessions", Words.TWO_SESSIONS, true);
  private static final Outcome.Denied TOO_MANY_PROMPTS =
      new Outcome.Denied("too-many-prompts", Words.BUSY);

  private final Prompts prompts;
  private final RecentRefusals refusals;
  private final LoginCounts counts;
  private final InstantSource clock;

  Ending(Prompts prompts, RecentRefusals refusals, LoginCounts counts, InstantSource clock) {
    this.prompts = prompts;
    this.refusals = refusals;
    this.counts = counts;
    this.clock = clock;
  }

  /**
   * Asks, and answers all packets by the outcome.
   *
   * @param first the packet whose thread this is
   * @param deadline when an approval that no packet has taken is lost
   * @throws InterruptedException when the first packet's time is over or the server stops
   */
  Prompt.Ended decide(
      OpenLogin open, LoginPacket first, Login login, Instant deadline, Question question)
      throws InterruptedException {
    try {
      Optional<Outcome> outcome = first.pending().interruptibly(() -> open.ask(question));
      return switch (outcome.orElse(TWO_SESSIONS)) {
        case Outcome.Approved() ->
            switch (first.pending().interruptibly(() -> open.claim(deadline))) {
              case Claim.Won(LoginPacket packet) -> accept(open, packet, login);
              case Claim.Disputed() -> deny(open, first, login, TWO_SESSIONS);
              case Claim.Unclaimed() -> deny(open, first, login, TOO_LATE);
            };
        case Outcome.Denied denied -> deny(open, first, login, denied);
        case Outcome.Asked asked -> challenge(open, first, login, asked);
      };
    } finally {
      // On the way of an error or an interruption some may be left.
      refuseAll(open, Words.UNAVAILABLE);
    }
  }

  private Prompt.Ended accept(OpenLogin open, LoginPacket packet, Login login) {
    AccessRequest request = packet.request();
    if (packet.pending().answer(Replies.accept(request, packet.right()))) {
      log.info("{}: {} approved, {}", request, login.user().name(), elapsed(login));
    } else {
      log.warn("{}: approved too late, it had been rejected", request);
    }
    refuseAll(open, Words.TAKEN_OVER);
    return new Prompt.Ended.LetIn();
  }

  private Prompt.Ended deny(OpenLogin open, LoginPacket first, Login login, Outcome.Denied denied) {
    if (denied.equals(TWO_SESSIONS)) {
      counts.countTwoSessions();
      log.warn(
          "{}: an older packet like it was sent again: these are two sessions", first.request());
    }
    log.info("{}: refused, {}, {}", first.request(), denied.reason(), elapsed(login));
    if (denied.lasting()) {
      // Before the reply leaves, since the NAS may try its next method at once.
      refusals.remember(first.request(), login.user(), denied);
    }
    refuseAll(open, denied.message());
    return new Prompt.Ended.Refused(denied);
  }

  private Prompt.Ended challenge(
      OpenLogin open, LoginPacket first, Login login, Outcome.Asked asked) {
    Optional<Prompt> prompt =
        prompts.open(first.request().userName().orElse(""), login, first.right(), asked);
    if (prompt.isEmpty()) {
      log.error("{}: refused, {} prompts are open already", first.request(), Prompts.MOST);
      return deny(open, first, login, TOO_MANY_PROMPTS);
    }
    for (LoginPacket newest : open.end().stream().limit(1).toList()) {
      log.info("{}: is shown a prompt, {}", newest.request(), elapsed(login));
      show(newest.pending(), asked, prompt.get());
    }
    refuseAll(open, Words.TAKEN_OVER);
    return new Prompt.Ended.AskedAgain(asked, prompt.get());
  }

  /** Ends the login and rejects what still waits of it, those that came last first. */
  void refuseAll(OpenLogin open, String words) {
    open.end().forEach(packet -> refuse(packet.pending(), words));
  }

  /** Rejects one packet. */
  void refuse(PendingReply pending, String words) {
    var _ = pending.answer(Replies.reject(pending.request(), words));
  }

  /** Answers one packet by a prompt. */
  void show(PendingReply pending, Outcome.Asked asked, Prompt prompt) {
    var _ = pending.answer(Replies.challenge(pending.request(), asked, prompt.state()));
  }

  private String elapsed(Login login) {
    return "after " + Duration.between(login.received(), clock.instant()).toMillis() + " ms";
  }
}
