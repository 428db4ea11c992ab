package dev.pushgate.command;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.callback.phone.Trust;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Question;
import dev.pushgate.radius.packet.UntrustedText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code pushgate phone}: a phone in a terminal. */
@Command(
    name = "phone",
    mixinStandardHelpOptions = true,
    description = "A phone in a terminal: enrols, shows who asks, and answers.",
    synopsisSubcommandLabel = "(enrol | watch | approve | deny | report | ignore)")
public final class PhoneCommand {
  private static final String WAIT =
      "How long to wait until somebody asks, 0 to 55 (default: ${DEFAULT-VALUE}).";

  private static final Duration POLL = Duration.ofSeconds(25);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

  /** What {@code watch --auto} does with each challenge. */
  enum Automatic {
    approve,
    deny,
    report,
    ignore
  }

  @Option(
      names = "--account",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      defaultValue = "pushgate-phone.json",
      description = "Where the phone keeps its account and key (default: ${DEFAULT-VALUE}).")
  private Path account = Path.of("pushgate-phone.json");

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "A certificate (PEM) to trust besides none other, such as the server's own tls.crt where"
              + " that is self-signed.")
  private @Nullable Path trust;

  @Spec private @Nullable CommandSpec spec;

  @Command(
      name = "enrol",
      aliases = "enroll",
      mixinStandardHelpOptions = true,
      description = "Becomes a device of the user for whom the link was made.")
  int enrol(
      @Parameters(paramLabel = "URL", description = "As 'pushgate enroll' printed it.") URI url,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              defaultValue = "Terminal",
              description = "What to call this device (default: ${DEFAULT-VALUE}).")
          String name,
      @Option(
              names = "--password-file",
              paramLabel = "FILE",
              description =
                  "A file with the user's password, for a link that asks for it; asked for when"
                      + " absent.")
          @Nullable Path passwordFile)
      throws IOException, InterruptedException {
    try (HttpClient http = Trust.client(trust)) {
      return switch (enrolled(http, url, name, passwordFile)) {
        case Reply.Done<Phone>(Phone phone) -> {
          out()
              .println(
                  "enrolled "
                      + phone.account().device()
                      + " for "
                      + UntrustedText.shown(phone.account().user())
                      + " at "
                      + UntrustedText.shown(phone.account().service())
                      + "; kept in "
                      + account);
          yield 0;
        }
        case Reply.Refused<Phone> refused -> refused(refused);
      };
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "that is no enrolment link", e);
    }
  }

  private Reply<Phone> enrolled(HttpClient http, URI url, String name, @Nullable Path passwordFile)
      throws IOException, InterruptedException {
    InstantSource clock = InstantSource.system();
    Reply<Phone> reply = Phone.enrol(http, url, name, account, clock);
    if (!(reply instanceof Reply.Refused<Phone> refused)
        || !refused.code().equals("password-needed")) {
      return reply;
    }
    String password =
        passwordFile == null
            ? SecretInput.of(null, "PUSHGATE_PASSWORD", "Password: ", Objects.requireNonNull(spec))
            : Files.readString(passwordFile).replaceFirst("\\R$", "");
    return Phone.enrol(http, url, name, password, account, clock);
  }

  @Command(
      name = "watch",
      mixinStandardHelpOptions = true,
      description = "Shows who asks, until it is interrupted; may answer by itself.")
  int watch(
      @Option(
              names = "--auto",
              paramLabel = "ANSWER",
              defaultValue = "ignore",
              description = "approve, deny, report or ignore each (default: ${DEFAULT-VALUE}).")
          Automatic automatic)
      throws IOException, InterruptedException {
    try (HttpClient http = Trust.client(trust)) {
      Phone phone = Phone.load(http, account, InstantSource.system());
      ShownQuestions shown = new ShownQuestions(out());
      while (true) {
        Reply<List<Question>> reply;
        try {
          reply = phone.challenges(POLL);
        } catch (IOException e) {
          err().println("no connection, trying again: " + e.getMessage());
          Thread.sleep(PAUSE_AFTER_FAILURE);
          continue;
        }
        switch (reply) {
          case Reply.Refused<List<Question>> refused -> {
            return refused(refused);
          }
          case Reply.Done<List<Question>>(List<Question> questions) -> {
            List<Question> fresh = shown.onlyNew(questions);
            for (Question question : fresh) {
              answer(phone, question, automatic, null);
            }
            if (fresh.isEmpty() && !questions.isEmpty()) {
              // The server answers at once while a challenge is open that we leave unanswered.
              Thread.sleep(PAUSE_AFTER_FAILURE);
            }
          }
        }
      }
    }
  }

  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = "Waits for a challenge and approves it.")
  int approve(
      @Option(
              names = "--number",
              paramLabel = "DIGITS",
              description = "The number that the VPN shows, where it shows one.")
          @Nullable String number,
      @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "55", description = WAIT)
          int wait)
      throws IOException, InterruptedException {
    return answerOne(Automatic.approve, number, wait);
  }

  @Command(
      name = "deny",
      mixinStandardHelpOptions = true,
      description = "Waits for a challenge and denies it.")
  int deny(
      @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "55", description = WAIT)
          int wait)
      throws IOException, InterruptedException {
    return answerOne(Automatic.deny, null, wait);
  }

  @Command(
      name = "report",
      mixinStandardHelpOptions = true,
      description = "Waits for a challenge, denies it and says that it was not you.")
  int report(
      @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "55", description = WAIT)
          int wait)
      throws IOException, InterruptedException {
    return answerOne(Automatic.report, null, wait);
  }

  @Command(
      name = "ignore",
      mixinStandardHelpOptions = true,
      description = "Waits for a challenge and shows it, without an answer.")
  int ignore(
      @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "55", description = WAIT)
          int wait)
      throws IOException, InterruptedException {
    return answerOne(Automatic.ignore, null, wait);
  }

  private int answerOne(Automatic what, @Nullable String number, int wait)
      throws IOException, InterruptedException {
    if (wait < 0 || wait > 55) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "--wait is 0 to 55 seconds");
    }
    try (HttpClient http = Trust.client(trust)) {
      Phone phone = Phone.load(http, account, InstantSource.system());
      return switch (phone.challenges(Duration.ofSeconds(wait))) {
        case Reply.Refused<List<Question>> refused -> refused(refused);
        case Reply.Done<List<Question>>(List<Question> questions) -> {
          if (questions.isEmpty()) {
            err().println("pushgate: nobody asked within " + wait + " s");
            yield 1;
          }
          new ShownQuestions(out()).onlyNew(List.of(questions.getFirst()));
          yield answer(phone, questions.getFirst(), what, number);
        }
      };
    }
  }

  private int answer(Phone phone, Question question, Automatic what, @Nullable String number)
      throws IOException, InterruptedException {
    Reply<Settlement.State> reply;
    switch (what) {
      case approve -> reply = phone.approve(question, number);
      case deny -> reply = phone.deny(question);
      case report -> reply = phone.report(question);
      case ignore -> {
        return 0;
      }
      default -> throw new IllegalStateException(what.name());
    }
    return switch (reply) {
      case Reply.Done<Settlement.State>(Settlement.State state) -> {
        out().println("  " + state.word());
        out().flush();
        yield 0;
      }
      case Reply.Refused<Settlement.State> refused -> refused(refused);
    };
  }

  private int refused(Reply.Refused<?> refused) {
    err()
        .println(
            "pushgate: the server refused: "
                + UntrustedText.shown(refused.code())
                + " (HTTP "
                + refused.status()
                + ")"
                + (refused.retryAfter() == null
                    ? ""
                    : ", try again in " + refused.retryAfter().toSeconds() + " s"));
    return 1;
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }
}
