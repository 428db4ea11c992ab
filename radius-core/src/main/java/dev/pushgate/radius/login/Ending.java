package dev.pushgate.radius.login;

import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.login.OpenLogin.Claim;
import dev.pushgate.radius.login.OpenLogin.Question;
import dev.pushgate.radius.message.Message;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.user.UserSource.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How logins end: asks the second factor, and answers every packet of the login by what it found.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>An Access-Accept is made in one place only, here: for {@link Outcome.Approved}, once, for the
 * one packet that {@link OpenLogin#claim} gives it to, whose password was right. Where the NAS has
 * checked the password itself, only for a second factor that was checked in this login.
 */
final class Ending {
  private static final Logger log = LoggerFactory.getLogger(Ending.class);

  private final Prompts prompts;
  private final RecentRefusals refusals;
  private final LoginAudit audit;
  private final LoginCounts counts;
  private final InstantSource clock;

  Ending(
      Prompts prompts,
      RecentRefusals refusals,
      LoginAudit audit,
      LoginCounts counts,
      InstantSource clock) {
    this.prompts = prompts;
    this.refusals = refusals;
    this.audit = audit;
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
      OpenLogin open, LoginPacket first, Asking asking, Instant deadline, Question question)
      throws InterruptedException {
    try {
      Optional<Outcome> outcome = first.pending().interruptibly(() -> open.ask(question));
      if (outcome.isEmpty()) {
        return denyTwoSessions(open, first, asking);
      }
      return switch (outcome.get()) {
        case Outcome.Approved approved ->
            switch (first.pending().interruptibly(() -> open.claim(deadline))) {
              case Claim.Won(LoginPacket packet)
                  when packet.right().passwordChecked() || approved.checked() ->
                  accept(open, packet, asking.approved(approved));
              case Claim.Won(_) -> denyUnproved(open, first, asking.approved(approved));
              case Claim.Disputed() -> denyTwoSessions(open, first, asking);
              case Claim.Unclaimed() ->
                  deny(open, first, asking, Refusal.TOO_LATE.in(asking.login().language()));
            };
        case Outcome.Denied denied -> deny(open, first, asking, denied);
        case Outcome.Asked asked -> challenge(open, first, asking, asked);
      };
    } finally {
      // On the way of an error or an interruption some may be left.
      refuseAll(open, LoginAudit.Known.NOTHING, Refusal.UNAVAILABLE.in(asking.login().language()));
    }
  }

  private Prompt.Ended accept(OpenLogin open, LoginPacket packet, Asking asking) {
    AccessRequest request = packet.request();
    String user = asking.login().user().name();
    LoginAudit.Known known = known(open, asking);
    boolean inTime =
        packet
            .pending()
            .answer(
                () -> {
                  Optional<Reply> accept = Replies.accept(request, packet.right());
                  if (accept.isPresent() && audit.accepted(request, known)) {
                    log.info("{}: {} approved, {}", request, user, elapsed(asking));
                    return accept.get();
                  }
                  log.error("{}: approved, and refused for want of what goes with it", request);
                  audit.rejected(request, known, Refusal.UNAVAILABLE.reason());
                  return Replies.reject(request, Message.UNAVAILABLE.in(asking.login().language()));
                });
    if (!inTime) {
      log.warn("{}: approved too late, it had been rejected", request);
    }
    takeOver(open, asking);
    return new Prompt.Ended.LetIn();
  }

  private Prompt.Ended denyUnproved(OpenLogin open, LoginPacket first, Asking asking) {
    log.error(
        "{}: refused, neither a password nor a second factor was checked in this login",
        first.request());
    return deny(open, first, asking, Refusal.UNPROVED.in(asking.login().language()));
  }

  private Prompt.Ended denyTwoSessions(OpenLogin open, LoginPacket first, Asking asking) {
    counts.countTwoSessions();
    log.warn("{}: two sessions that look alike ask at once: neither is let in", first.request());
    return deny(open, first, asking, Refusal.TWO_SESSIONS.in(asking.login().language()));
  }

  private Prompt.Ended deny(
      OpenLogin open, LoginPacket first, Asking asking, Outcome.Denied denied) {
    log.info("{}: refused, {}, {}", first.request(), denied.reason(), elapsed(asking));
    if (denied.lasting()) {
      // Before the reply leaves, since the NAS may try its next method at once.
      refusals.remember(first.request(), asking.login().user(), denied);
    }
    refuseAll(open, known(open, asking), denied);
    return new Prompt.Ended.Refused(denied);
  }

  private Prompt.Ended challenge(
      OpenLogin open, LoginPacket first, Asking asking, Outcome.Asked asked) {
    Optional<Prompt> prompt =
        prompts.open(first.request().userName().orElse(""), asking, first.right(), asked);
    if (prompt.isEmpty()) {
      log.error("{}: refused, {} prompts are open already", first.request(), Prompts.MOST);
      return deny(open, first, asking, Refusal.TOO_MANY_PROMPTS.in(asking.login().language()));
    }
    LoginAudit.Known known = known(open, asking);
    open.end().stream()
        .findFirst()
        .ifPresent(
            newest -> {
              log.info("{}: is shown a prompt, {}", newest.request(), elapsed(asking));
              show(newest.pending(), known, asked, prompt.get());
            });
    takeOver(open, asking);
    return new Prompt.Ended.AskedAgain(asked, prompt.get());
  }

  /** Ends the login and rejects all of it, the newest packet first; that is the one on record. */
  void refuseAll(OpenLogin open, LoginAudit.Known known, Outcome.Denied denied) {
    List<LoginPacket> waiting = open.end();
    if (waiting.isEmpty()) {
      return;
    }
    refuse(waiting.getFirst().pending(), known, denied);
    open.end().forEach(older -> reject(older, denied.message()));
  }

  private static void takeOver(OpenLogin open, Asking asking) {
    String words = Message.TAKEN_OVER.in(asking.login().language());
    open.end().forEach(older -> reject(older, words));
  }

  private static void reject(LoginPacket packet, String words) {
    var _ = packet.pending().answer(() -> Replies.reject(packet.request(), words));
  }

  /** Rejects one packet that is a login by itself. */
  void refuse(PendingReply pending, LoginAudit.Known known, Outcome.Denied denied) {
    AccessRequest request = pending.request();
    var _ =
        pending.answer(
            () -> {
              audit.rejected(request, known, denied.reason());
              return Replies.reject(request, denied.message());
            });
  }

  /** Answers one packet by a prompt of the source of users. */
  void show(PendingReply pending, Answer.Asked asked, State state) {
    AccessRequest request = pending.request();
    var _ =
        pending.answer(
            () -> {
              audit.challenged(request, LoginAudit.Known.NOTHING);
              return Replies.challenge(request, asked, state);
            });
  }

  /** Ends one packet that is a login by itself without an answer. */
  void staySilent(PendingReply pending, Outcome.Denied denied) {
    if (pending.endWithoutReply()) {
      audit.unanswered(pending.request(), denied.reason());
    }
  }

  /** Answers one packet by a prompt. */
  void show(PendingReply pending, LoginAudit.Known known, Outcome.Asked asked, Prompt prompt) {
    AccessRequest request = pending.request();
    var _ =
        pending.answer(
            () -> {
              audit.challenged(request, known);
              return Replies.challenge(request, asked, prompt.state());
            });
  }

  private static LoginAudit.Known known(OpenLogin open, Asking asking) {
    return new LoginAudit.Known(asking.login().user().name(), asking.factor(), open.size());
  }

  private String elapsed(Asking asking) {
    Duration elapsed = Duration.between(asking.login().received(), clock.instant());
    return "after " + elapsed.toMillis() + " ms";
  }
}
