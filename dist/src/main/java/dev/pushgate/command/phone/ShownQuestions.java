package dev.pushgate.command.phone;

import dev.pushgate.push.phone.Question;
import dev.pushgate.radius.packet.UntrustedText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Shows each challenge once, as a phone would. Safe for use by many threads. */
final class ShownQuestions {
  private final PrintWriter out;
  private final Set<String> shown = new HashSet<>();

  ShownQuestions(PrintWriter out) {
    this.out = out;
  }

  /** Shows those that were not shown before, and returns them. */
  synchronized List<Question> onlyNew(List<Question> questions) {
    List<Question> fresh = new ArrayList<>();
    for (Question question : questions) {
      if (shown.add(question.id())) {
        show(question);
        fresh.add(question);
      }
    }
    return fresh;
  }

  private void show(Question question) {
    out.println(
        UntrustedText.shown(question.user())
            + " signs in to "
            + UntrustedText.shown(question.service())
            + " at "
            + UntrustedText.shown(question.client())
            + " from "
            + UntrustedText.shown(
                Optional.ofNullable(question.from()).orElse("an address that is not known"))
            + ", until "
            + question.expires()
            + whatToGive(question));
    if (question.notes().newPlace()) {
      out.println("  new place: no sign-in from this address in the last 30 days");
    }
    if (question.notes().manyRequests()) {
      out.println("  request " + question.notes().requests() + " in a short time");
    }
    out.flush();
  }

  private static String whatToGive(Question question) {
    if (question.digits() > 0) {
      return "; type the " + question.digits() + " digits that the VPN shows";
    }
    return question.options().isEmpty()
        ? ""
        : "; choose what the VPN shows: " + Terminal.options(question);
  }
}
