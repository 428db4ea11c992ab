package dev.pushgate.push.delivery;

import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Receipt;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One question on its way to one address, from the first attempt to the notice that takes its place
 * once it is answered. Runs on a thread of its own, which may be interrupted when the server stops.
 */
final class Dispatch implements Runnable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  private final PushAddress address;
  private final Notice question;
  private final Attempts attempts;
  private final Consumer<Dispatch> changed;
  private final InstantSource clock;

  /** Whether the phones at this address have to be told that the question is answered. */
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();

  private volatile Progress progress = new Progress.UnderWay();

  /** How far the question has come. */
  sealed interface Progress {
    /** An attempt is being made, or will be. */
    record UnderWay() implements Progress {}

    /** The service has it. */
    record Taken() implements Progress {}

    /** It does not get there as things are now. */
    record Failed(String reason) implements Progress {}
  }

  /**
   * @param changed is told of each progress, on the thread of this dispatch
   */
  Dispatch(
      PushAddress address,
      Notice question,
      Attempts attempts,
      Consumer<Dispatch> changed,
      InstantSource clock) {
    this.address = address;
    this.question = question;
    this.attempts = attempts;
    this.changed = changed;
    this.clock = clock;
  }

  PushAddress address() {
    return address;
  }

  Progress progress() {
    return progress;
  }

  /** The question is over: no further attempts. */
  void end(boolean tellAnswered) {
    end.complete(tellAnswered);
  }

  @Override
  public void run() {
    try {
      deliver(question, () -> !end.isDone());
      if (question.kind().isQuestion() && end.get() && progress instanceof Progress.Taken) {
        deliver(question.answered(), () -> true);
      }
    } catch (InterruptedException e) {
      // The server stops. Phones will find the question gone.
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a dispatch ends by a value only", e);
    }
  }

  /** Tries until it is taken, refused for good, or not wanted any more. */
  private void deliver(Notice notice, BooleanSupplier wanted) throws InterruptedException {
    Duration backOff = FIRST_PAUSE;
    Optional<Duration> least = tryOnce(notice, wanted);
    while (least.isPresent()) {
      Duration wait = longer(jittered(backOff), least.get());
      if (!clock.instant().plus(wait).isBefore(notice.until())) {
        advance(new Progress.Failed("the service did not take it in time"));
        return;
      }
      pause(wait);
      backOff = shorter(backOff.multipliedBy(2), LONGEST_PAUSE);
      least = wanted.getAsBoolean() ? tryOnce(notice, wanted) : Optional.empty();
    }
  }

  /** Makes an attempt; how long to wait at least before the next, or empty where none is needed. */
  private Optional<Duration> tryOnce(Notice notice, BooleanSupplier wanted)
      throws InterruptedException {
    return switch (attempts.make(address, notice, wanted)) {
      case Attempt.Made(Receipt.Accepted()) -> {
        advance(new Progress.Taken());
        yield Optional.empty();
      }
      case Attempt.Made(Receipt.Final refusal) -> {
        advance(new Progress.Failed(refusal.reason()));
        yield Optional.empty();
      }
      case Attempt.Made(Receipt.Passing trouble) ->
          Optional.of(trouble.after().orElse(Duration.ZERO));
      case Attempt.CircuitOpen() -> {
        advance(new Progress.Failed("the service has been failing"));
        yield Optional.of(Duration.ZERO);
      }
      case Attempt.NotWanted() -> Optional.empty();
    };
  }

  private void advance(Progress to) {
    if (to.equals(progress)) {
      return;
    }
    progress = to;
    changed.accept(this);
  }

  /** Waits, for the first notice until the question is over at most. */
  private void pause(Duration time) throws InterruptedException {
    if (end.isDone()) {
      Thread.sleep(time);
      return;
    }
    try {
      var _ = end.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The usual end of a pause.
    } catch (ExecutionException e) {
      throw new IllegalStateException("a dispatch ends by a value only", e);
    }
  }

  /** Spreads those that failed at the same moment. */
  private static Duration jittered(Duration time) {
    return Duration.ofMillis(
        ThreadLocalRandom.current().nextLong(time.toMillis() / 2, time.toMillis()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
