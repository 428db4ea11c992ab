package dev.pushgate.push.delivery;

import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.challenge.End;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.device.PushHealth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One challenge on its way to the devices of its user, as long as it is open.
 *
 * <p>Each address has a {@link Dispatch} of its own, so that a slow service delays no other. When
 * no device can come to know of the challenge any more, it is given up, which wakes the login.
 */
public final class Delivery implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final Challenge challenge;
  private final List<Device> devices;
  private final Challenges challenges;
  private final Polls polls;
  private final InstantSource clock;
  private final Map<PushAddress, Dispatch> dispatches;

  /**
   * @param addresses where notifications go, each once
   * @param dispatching makes the dispatch to one address, which tells the other of its progress
   */
  Delivery(
      Challenge challenge,
      List<Device> devices,
      Challenges challenges,
      Polls polls,
      InstantSource clock,
      List<PushAddress> addresses,
      BiFunction<PushAddress, Consumer<Dispatch>, Dispatch> dispatching) {
    this.challenge = challenge;
    this.devices = devices;
    this.challenges = challenges;
    this.polls = polls;
    this.clock = clock;
    this.dispatches =
        addresses.stream()
            .collect(
                Collectors.toMap(
                    Function.identity(), address -> dispatching.apply(address, this::advanced)));
  }

  void start(Executor threads) {
    devices.forEach(device -> polls.tell(device.id()));
    dispatches.values().forEach(threads::execute);
    giveUpIfNobodyCanKnow();
  }

  /**
   * Why none of the devices has come to know of the challenge, for an administrator; empty where
   * one has, or may have.
   */
  public Optional<String> failure() {
    return whyNobody(device -> obstacle(device).or(() -> notYet(device)));
  }

  /**
   * Ends all attempts. Where the challenge has been answered, or is no longer needed, the
   * notifications of the devices that did not answer are replaced by one that says so.
   */
  @Override
  public void close() {
    Optional<End> end = challenge.end();
    boolean answered = end.isPresent() && isAnswer(end.get());
    List<PushAddress> answering =
        end.isPresent() && end.get() instanceof End.Answered(Settlement settlement, _, _)
            ? addressesOf(settlement.device())
            : List.of();
    dispatches.forEach(
        (address, dispatch) -> dispatch.end(answered && !answering.contains(address)));
  }

  private static boolean isAnswer(End end) {
    return end instanceof End.Answered || end instanceof End.Withdrawn;
  }

  private List<PushAddress> addressesOf(String id) {
    return devices.stream().filter(device -> device.id().equals(id)).map(Device::push).toList();
  }

  private void advanced(Dispatch dispatch) {
    Duration age = Duration.between(challenge.issued(), clock.instant());
    String way = dispatch.address().via();
    switch (dispatch.progress()) {
      case Dispatch.Progress.UnderWay() -> {}
      case Dispatch.Progress.Taken() ->
          log.info(
              "{}: {} took the notification for {} after {} ms",
              challenge.login(),
              way,
              toldAt(dispatch.address()),
              age.toMillis());
      case Dispatch.Progress.Failed(String reason) -> {
        log.warn(
            "{}: no notification by {} for {} after {} ms: {}",
            challenge.login(),
            way,
            toldAt(dispatch.address()),
            age.toMillis(),
            reason);
        giveUpIfNobodyCanKnow();
      }
    }
  }

  private String toldAt(PushAddress address) {
    return devices.stream()
        .filter(device -> device.push().equals(address))
        .map(device -> "device " + device.id())
        .collect(Collectors.joining(" and "));
  }

  private void giveUpIfNobodyCanKnow() {
    whyNobody(this::obstacle).ifPresent(reason -> challenges.giveUp(challenge, reason));
  }

  private Optional<String> whyNobody(Function<Device, Optional<String>> whyNot) {
    List<String> reasons = new ArrayList<>();
    for (Device device : devices) {
      Optional<String> reason = whyNot.apply(device);
      if (reason.isEmpty()) {
        return Optional.empty();
      }
      reasons.add("device " + device.id() + ": " + reason.get());
    }
    return Optional.of(String.join("; ", reasons));
  }

  /** Why a device cannot come to know of the challenge as things are; empty where it can. */
  private Optional<String> obstacle(Device device) {
    if (asksByItself(device)) {
      return Optional.empty();
    }
    Dispatch dispatch = dispatches.get(device.push());
    if (dispatch == null) {
      PushHealth.Failure failure = device.health().lastFailure();
      return Optional.of(failure == null ? "retired" : failure.reason());
    }
    return dispatch.progress() instanceof Dispatch.Progress.Failed(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  private Optional<String> notYet(Device device) {
    Dispatch dispatch = dispatches.get(device.push());
    return !asksByItself(device)
            && dispatch != null
            && dispatch.progress() instanceof Dispatch.Progress.UnderWay
        ? Optional.of("the service has not answered")
        : Optional.empty();
  }

  private boolean asksByItself(Device device) {
    return device.push() instanceof PushAddress.Poll || polls.isAsking(device.id());
  }
}
