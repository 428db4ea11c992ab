package dev.pushgate.command.phone;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Question;
import dev.pushgate.radius.packet.UntrustedText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers challenges, and tells whoever sits at the terminal what came of it. */
final class Terminal {
  private final PrintWriter out;
  private final PrintWriter err;

  Terminal(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  PrintWriter out() {
    return out;
  }

  /** Tells what is wrong; the exit code of a failure. */
  int failed(String what) {
    err.println("pushgate: " + what);
    err.flush();
    return 1;
  }

  /**
   * Answers a challenge.
   *
   * @param match what the VPN shows, or null where that was not told
   * @return the exit code
   */
  int answer(Phone phone, Question question, Answer what, @Nullable String match)
      throws IOException, InterruptedException {
    if (what == Answer.ignore) {
      return 0;
    }
    if (what == Answer.approve) {
      Optional<String> obstacle = obstacle(question, match);
      if (obstacle.isPresent()) {
        return failed(obstacle.get());
      }
    }
    Reply<Settlement.State> reply =
        switch (what) {
          case approve -> phone.approve(question, match);
          case deny -> phone.deny(question);
          case report -> phone.report(question);
          case ignore -> throw new IllegalStateException("answered above");
        };
    return switch (reply) {
      case Reply.Done<Settlement.State>(Settlement.State state) -> {
        out.println("  " + state.word());
        out.flush();
        yield 0;
      }
      case Reply.Refused<Settlement.State> refused -> refused(refused);
    };
  }

  /** Why this approval would be refused or, by a slip, cost the only try. */
  private static Optional<String> obstacle(Question question, @Nullable String match) {
    boolean isAsked = question.digits() > 0 || !question.options().isEmpty();
    if (!isAsked) {
      return Optional.empty();
    }
    if (match == null) {
      return Optional.of("not approved: give what the VPN shows by 'phone approve --match'");
    }
    String bare = match.replaceAll("\\s", "");
    if (question.digits() > 0 && !bare.matches("[0-9]{" + question.digits() + "}")) {
      return Optional.of("not approved: the VPN shows " + question.digits() + " digits");
    }
    return question.options().isEmpty() || question.options().contains(bare)
        ? Optional.empty()
        : Optional.of("not approved: the VPN shows one of " + options(question));
  }

  /** The options as they are shown. */
  static String options(Question question) {
    return String.join(", ", question.options());
  }

  /** Tells that the server has refused; the exit code of that. */
  int refused(Reply.Refused<?> refused) {
    return failed(
        "the server refused: "
            + UntrustedText.shown(refused.code())
            + " (HTTP "
            + refused.status()
            + ")"
            + (refused.retryAfter() == null
                ? ""
                : ", try again in " + refused.retryAfter().toSeconds() + " s"));
  }
}
