package dev.pushgate.push.delivery;

import dev.pushgate.push.alarm.Alarms;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Notifier;
import dev.pushgate.push.notifier.Receipt;
import dev.pushgate.push.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Single attempts to hand a notice to a push service: by the notifier that serves the address,
 * within a time limit, in its turn; and what is learnt of the address by it.
 */
final class Attempts {
  private static final Logger log = LoggerFactory.getLogger(Attempts.class);

  private final List<Notifier> notifiers;
  private final Services services;
  private final Devices devices;
  private final Alarms alarms;
  private final ExecutorService threads;
  private final Duration limit;
  private final InstantSource clock;

  /**
   * @param limit how long one attempt may take
   */
  Attempts(
      List<Notifier> notifiers,
      Devices devices,
      Alarms alarms,
      ExecutorService threads,
      Duration limit,
      InstantSource clock) {
    this.notifiers = List.copyOf(notifiers);
    this.services = new Services(clock);
    this.devices = devices;
    this.alarms = alarms;
    this.threads = threads;
    this.limit = limit;
    this.clock = clock;
  }

  /**
   * Makes an attempt when it is its turn, and keeps what it says about the address.
   *
   * @param wanted whether it is still wanted then
   */
  Attempt make(PushAddress address, Notice notice, BooleanSupplier wanted)
      throws InterruptedException {
    Optional<Notifier> serving =
        notifiers.stream().filter(candidate -> candidate.serves(address)).findFirst();
    Attempt attempt;
    if (serving.isPresent()) {
      Notifier notifier = serving.get();
      attempt =
          services.attempt(
              notifier.service(address),
              notifier.mostAtOnce(),
              wanted,
              () -> send(notifier, address, notice));
    } else {
      attempt = new Attempt.Made(notSetUp(address));
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("no longer waits for a push service");
    }
    if (attempt instanceof Attempt.Made(Receipt receipt)) {
      learn(address, receipt);
    }
    return attempt;
  }

  private static Receipt notSetUp(PushAddress address) {
    String way = address.via();
    return new Receipt.Misconfigured(
        "push." + way + " is not set up", "Set push." + way + " in pushgate.conf");
  }

  private Receipt send(Notifier notifier, PushAddress address, Notice notice) {
    Future<Receipt> sending;
    try {
      sending = threads.submit(() -> notifier.send(address, notice));
    } catch (RejectedExecutionException e) {
      return unavailable("the server stops");
    }
    try {
      return sending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return unavailable("no answer within " + limit.toMillis() + " ms");
    } catch (CancellationException e) {
      return unavailable("the server stops");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unavailable("the server stops");
    } catch (ExecutionException e) {
      return failure(notifier, e.getCause());
    } finally {
      sending.cancel(true);
    }
  }

  private static Receipt failure(Notifier notifier, @Nullable Throwable cause) {
    if (cause instanceof IOException && cause.getMessage() != null) {
      return unavailable(cause.getMessage());
    }
    String name = cause == null ? "unknown" : cause.getClass().getSimpleName();
    if (!(cause instanceof IOException)) {
      // Its text is not ours and might show a token.
      log.warn("notifier {} failed: {}", notifier.name(), name);
    }
    return unavailable(name);
  }

  private static Receipt unavailable(String reason) {
    return new Receipt.Unavailable(reason);
  }

  private void learn(PushAddress address, Receipt receipt) throws InterruptedException {
    try {
      switch (receipt) {
        case Receipt.Accepted() -> devices.sent(address);
        case Receipt.Dead(String reason, var since) ->
            retire(address, reason, since.orElse(clock.instant()));
        case Receipt.Foreign(String reason) -> {
          retire(address, reason, clock.instant());
          alarms.raise(
              address.via(),
              reason,
              "A phone's address belongs to another app or sender than push."
                  + address.via()
                  + " names; the phone gets no notifications until it gives another");
        }
        case Receipt.Misconfigured(String reason, String remedy) -> {
          alarms.raise(address.via(), reason, remedy);
          devices.notSent(address, reason);
        }
        case Receipt.Refused(String reason) -> devices.notSent(address, reason);
        case Receipt.TooMany(String reason, _) -> devices.notSent(address, reason);
        case Receipt.Unavailable(String reason, _) -> devices.notSent(address, reason);
      }
    } catch (StoreException e) {
      // The notification is out all the same, or is not.
      log.warn("cannot record what came of a push by {}", address.via(), e);
    }
  }

  private void retire(PushAddress address, String reason, Instant since)
      throws InterruptedException {
    for (String device : devices.retire(address, reason, since)) {
      log.warn(
          "device {} gets no more notifications by {}: {}; its app has to be opened",
          device,
          address.via(),
          reason);
    }
  }
}
