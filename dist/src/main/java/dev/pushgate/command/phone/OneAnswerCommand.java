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
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Waits until one of the accounts is asked, shows who asks, and answers that one question. */
abstract class OneAnswerCommand implements Callable<Integer> {
  private static final int LONGEST_WAIT = 55;

  @ParentCommand private @Nullable PhoneCommand phone;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "55",
      description = "How long to wait until somebody asks, 0 to 55 (default: ${DEFAULT-VALUE}).")
  private int wait = LONGEST_WAIT;

  /** What an account was told. */
  private record Heard(Phone phone, Reply<List<Question>> reply) {}

  abstract Answer answer();

  /** What the VPN shows, or null where that is not told. */
  @Nullable String match() {
    return null;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PhoneCommand parent = Objects.requireNonNull(phone);
    if (wait < 0 || wait > LONGEST_WAIT) {
      throw parent.wrongUse("--wait is 0 to 55 seconds");
    }
    try (HttpClient http = parent.http();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Phone> phones = parent.phones(http);
      CompletionService<Heard> heard = new ExecutorCompletionService<>(threads);
      for (Phone each : phones) {
        Future<Heard> _ =
            heard.submit(() -> new Heard(each, each.challenges(Duration.ofSeconds(wait))));
      }
      try {
        return answerFirst(heard, phones.size(), parent.terminal());
      } finally {
        // The others need not wait to the end.
        List<Runnable> _ = threads.shutdownNow();
      }
    }
  }

  private int answerFirst(CompletionService<Heard> heard, int accounts, Terminal terminal)
      throws IOException, InterruptedException {
    boolean isRefused = false;
    for (int i = 0; i < accounts; i++) {
      Heard next = next(heard);
      switch (next.reply()) {
        case Reply.Refused<List<Question>> refused -> {
          isRefused = true;
          int _ = terminal.refused(refused);
        }
        case Reply.Done<List<Question>>(List<Question> questions) when !questions.isEmpty() -> {
          Question newest = questions.getFirst();
          var _ = new ShownQuestions(terminal.out()).onlyNew(List.of(newest));
          return terminal.answer(next.phone(), newest, answer(), match());
        }
        case Reply.Done<List<Question>> _ -> {}
      }
    }
    return isRefused ? 1 : terminal.failed("nobody asked within " + wait + " s");
  }

  private static Heard next(CompletionService<Heard> heard)
      throws IOException, InterruptedException {
    try {
      return heard.take().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
