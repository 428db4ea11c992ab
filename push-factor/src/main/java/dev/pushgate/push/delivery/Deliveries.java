package dev.pushgate.push.delivery;

import dev.pushgate.push.alarm.Alarms;
import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Notifier;
import dev.pushgate.push.notifier.Receipt;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells devices of challenges, all of a user at once.
 *
 * <p>An app that asks by itself is always told, whatever becomes of the push services. Safe for use
 * by many threads.
 */
public final class Deliveries implements AutoCloseable {
  /** How long one attempt may take; a service that is well answers within a second. */
  private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

  private final List<Notifier> notifiers;
  private final boolean pushes;
  private final Challenges challenges;
  private final Polls polls;
  private final InstantSource clock;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("push-", 0).factory());
  private final Attempts attempts;

  /**
   * @param notifiers one for each push service that is set up; closed by {@link #close}
   * @param pushes false with {@code push.status = disable}: then only apps that ask by themselves
   *     are told, and every device counts as one
   * @param alarms is told of what only an administrator can mend
   */
  public Deliveries(
      List<Notifier> notifiers,
      boolean pushes,
      Devices devices,
      Challenges challenges,
      Polls polls,
      Alarms alarms,
      InstantSource clock) {
    this(notifiers, pushes, devices, challenges, polls, alarms, ATTEMPT_LIMIT, clock);
  }

  Deliveries(
      List<Notifier> notifiers,
      boolean pushes,
      Devices devices,
      Challenges challenges,
      Polls polls,
      Alarms alarms,
      Duration attemptLimit,
      InstantSource clock) {
    this.notifiers = List.copyOf(notifiers);
    this.pushes = pushes;
    this.challenges = challenges;
    this.polls = polls;
    this.clock = clock;
    this.attempts = new Attempts(notifiers, devices, alarms, threads, attemptLimit, clock);
  }

  /**
   * Sends all devices on their way to a challenge. Returns at once; whoever has called it closes
   * the delivery when the challenge has ended.
   *
   * @param devices those that the challenge asks, at least one
   */
  public Delivery start(Challenge challenge, List<Device> devices, Notice question) {
    Delivery delivery =
        new Delivery(
            challenge,
            pushes ? devices : devices.stream().map(Deliveries::asOneThatPolls).toList(),
            challenges,
            polls,
            clock,
            pushes ? addresses(devices) : List.of(),
            (address, changed) -> new Dispatch(address, question, attempts, changed, clock));
    delivery.start(threads);
    return delivery;
  }

  /**
   * Tries once to tell one device something, and blocks until its push service has answered.
   *
   * @return what the service made of it, or empty where the device has no address that is of use
   */
  public Optional<Receipt> tryOnce(Device device, Notice notice) throws InterruptedException {
    if (addresses(List.of(device)).isEmpty()) {
      return Optional.empty();
    }
    return switch (attempts.make(device.push(), notice, () -> true)) {
      case Attempt.Made(Receipt receipt) -> Optional.of(receipt);
      case Attempt.CircuitOpen() ->
          Optional.of(new Receipt.Unavailable("the service has been failing"));
      case Attempt.NotWanted() -> Optional.empty();
    };
  }

  /**
   * Tells devices something that is no question, as well as their push services let it; returns at
   * once. What becomes of it is kept with the devices.
   */
  public void tell(List<Device> devices, Notice notice) {
    if (!pushes) {
      return;
    }
    try {
      for (PushAddress address : addresses(devices)) {
        threads.execute(new Dispatch(address, notice, attempts, _ -> {}, clock));
      }
    } catch (RejectedExecutionException e) {
      // The server stops.
    }
  }

  private static List<PushAddress> addresses(List<Device> devices) {
    return devices.stream()
        .filter(device -> !device.health().retired())
        .map(Device::push)
        .filter(address -> !(address instanceof PushAddress.Poll))
        .distinct()
        .toList();
  }

  private static Device asOneThatPolls(Device device) {
    return new Device(
        device.id(),
        device.user(),
        device.name(),
        device.key(),
        new PushAddress.Poll(),
        device.health(),
        device.enrolled(),
        device.lastSeen());
  }

  /** Ends what is under way, and all connections to push services; takes a few seconds at most. */
  @Override
  public void close() {
    threads.shutdownNow();
    for (Notifier notifier : notifiers) {
      try {
        notifier.close();
      } catch (RuntimeException e) {
        log.warn("{} did not close in order: {}", notifier.name(), e.getClass().getName());
      }
    }
  }
}
