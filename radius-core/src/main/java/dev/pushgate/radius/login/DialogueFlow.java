package dev.pushgate.radius.login;

import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.PasswordMethod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to an Access-Request with a State: the answer to a prompt, on its way to the {@link
 * dev.pushgate.radius.Dialogue} that asked.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>A State is good for one outcome, for the client and the user that were asked. The password was
 * checked when the login began, or there would be no State.
 */
final class DialogueFlow {
  private static final Logger log = LoggerFactory.getLogger(DialogueFlow.class);

  private final Prompts prompts;
  private final Ending ending;
  private final InstantSource clock;

  DialogueFlow(Prompts prompts, Ending ending, InstantSource clock) {
    this.prompts = prompts;
    this.ending = ending;
    this.clock = clock;
  }

  /**
   * Decides what the answer leads to and answers the packet, or leaves it to one that is before.
   */
  void goOn(PendingReply pending, State state) throws InterruptedException {
    AccessRequest request = pending.request();
    Optional<Prompt> found = prompts.find(state, request);
    if (found.isEmpty()) {
      log.info("{}: refused, its State is of no prompt of this client and user", request);
      ending.refuse(pending, LoginAudit.Known.NOTHING, Refusal.PROMPT_OVER.in(request.language()));
      return;
    }
    Prompt prompt = found.get();
    Optional<String> typed = typed(request);
    if (typed.isEmpty()) {
      refuseUnreadable(pending);
      return;
    }
    if (!pending.claimIdentifier()) {
      log.info("{}: not answered, its Identifier has been used for a later request", request);
      return;
    }
    LoginPacket packet = new LoginPacket(pending, prompt.right());
    OpenLogin own = new OpenLogin(packet, true, clock);
    switch (prompt.take(packet, own, clock.instant())) {
      case Prompt.Turn.First() -> decide(prompt, own, packet, typed.get());
      case Prompt.Turn.Joined() -> log.info("{}: joins the answer that is being decided", request);
      case Prompt.Turn.Late(Future<Prompt.Ended> ended) ->
          tellAgain(pending, prompt.asking(), pending.interruptibly(() -> outcome(ended)));
      case Prompt.Turn.Over() -> refuseUsed(pending, known(prompt.asking()));
    }
  }

  /** Refuses an answer that is none. */
  void refuseUnreadable(PendingReply pending) {
    AccessRequest request = pending.request();
    log.info("{}: refused, the answer to a prompt has a NUL in it or is not PAP", request);
    ending.refuse(
        pending, LoginAudit.Known.NOTHING, Refusal.UNREADABLE_ANSWER.in(request.language()));
  }

  private void decide(Prompt prompt, OpenLogin answers, LoginPacket packet, String typed)
      throws InterruptedException {
    AccessRequest request = packet.request();
    log.info("{}: goes on with login {}", request, prompt.asking().login().id());
    Instant deadline = request.answerBy();
    try {
      prompt.end(
          ending.decide(
              answers,
              packet,
              prompt.asking(),
              deadline,
              () -> prompt.next().answered(typed, deadline)));
    } finally {
      prompt.end(new Prompt.Ended.Refused(Refusal.PROMPT_OVER.in(request.language())));
    }
  }

  private static Prompt.Ended outcome(Future<Prompt.Ended> ended) throws InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a prompt ends by a value only", e);
    }
  }

  private void tellAgain(PendingReply pending, Asking asking, Prompt.Ended ended) {
    switch (ended) {
      case Prompt.Ended.Refused(Outcome.Denied denied) -> {
        log.info("{}: refused again, {}", pending.request(), denied.reason());
        ending.refuse(pending, known(asking), denied);
      }
      case Prompt.Ended.AskedAgain(Outcome.Asked asked, Prompt next) -> {
        log.info("{}: is shown the prompt again that its answer led to", pending.request());
        ending.show(pending, known(asking), asked, next);
      }
      case Prompt.Ended.LetIn() -> refuseUsed(pending, known(asking));
    }
  }

  private void refuseUsed(PendingReply pending, LoginAudit.Known known) {
    log.info("{}: refused, its State has been used or is too old", pending.request());
    ending.refuse(pending, known, Refusal.PROMPT_OVER.in(pending.request().language()));
  }

  private static LoginAudit.Known known(Asking asking) {
    return new LoginAudit.Known(asking.login().user().name(), asking.factor(), 1);
  }

  /** What the user typed, which may be nothing; empty where it cannot be read. */
  static Optional<String> typed(AccessRequest request) {
    Optional<PasswordMethod> method = request.method();
    if (method.isEmpty()) {
      return Optional.of("");
    }
    return request
        .packet()
        .revealPassword(request.client().secret())
        .map(UntrustedText::decode)
        .filter(text -> text.indexOf('\0') < 0);
  }
}
