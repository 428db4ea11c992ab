package dev.pushgate.command.phone;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.phone.Question;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code pushgate phone watch}. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Shows who asks, until it is interrupted; may answer by itself.")
final class WatchCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofSeconds(25);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

  @ParentCommand private @Nullable PhoneCommand phone;

  @Option(
      names = "--auto",
      paramLabel = "ANSWER",
      defaultValue = "ignore",
      description = "approve, deny, report or ignore each (default: ${DEFAULT-VALUE}).")
  private Answer automatic = Answer.ignore;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PhoneCommand parent = Objects.requireNonNull(phone);
    Terminal terminal = parent.terminal();
    ShownQuestions shown = new ShownQuestions(terminal.out());
    try (HttpClient http = parent.http();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> watching =
          parent.phones(http).stream()
              .map(each -> threads.submit(() -> watch(each, shown, terminal)))
              .toList();
      // One that the server no longer knows ends alone.
      int exit = 0;
      for (Future<Integer> each : watching) {
        exit = Math.max(exit, each.get());
      }
      return exit;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a watch failed", e.getCause());
    }
  }

  private int watch(Phone phone, ShownQuestions shown, Terminal terminal)
      throws IOException, InterruptedException {
    while (true) {
      Reply<List<Question>> reply;
      try {
        reply = phone.challenges(POLL);
      } catch (IOException e) {
        int _ = terminal.failed("no connection, trying again: " + e.getMessage());
        Thread.sleep(PAUSE_AFTER_FAILURE);
        continue;
      }
      switch (reply) {
        case Reply.Refused<List<Question>> refused -> {
          return terminal.refused(refused);
        }
        case Reply.Done<List<Question>>(List<Question> questions) -> {
          List<Question> fresh = shown.onlyNew(questions);
          for (Question question : fresh) {
            int _ = terminal.answer(phone, question, automatic, null);
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
