package dev.pushgate.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pushgate.push.alarm.Alarms;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.delivery.Deliveries;
import dev.pushgate.push.delivery.Polls;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Receipt;
import dev.pushgate.push.signed.StrictBase64;
import dev.pushgate.radius.audit.Audit;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.server.Notifiers;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import dev.pushgate.terminal.AsciiJson;
import dev.pushgate.terminal.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pushgate test-push}: tries whether notifications get to a user's devices. */
@Command(
    name = "test-push",
    mixinStandardHelpOptions = true,
    description = "Sends a notification to each device of a user, and shows what became of it.")
public final class TestPushCommand implements Callable<Integer> {
  private static final int CHALLENGE_OCTETS = 16;
  private static final Duration VALIDITY = Duration.ofMinutes(1);

  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "USER", description = "The user, as users.properties has the name.")
  private String user = "";

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /**
   * What became of one device's notification.
   *
   * @param sent whether its push service took it
   * @param answer what the service said, or why there was nothing to send
   */
  private record Trial(Device device, boolean sent, String answer, Duration took) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err);
    if (setup.isEmpty()) {
      return 1;
    }
    if (!setup.get().configuration().push().enabled()) {
      err.println("pushgate: push.status is disable, so no notifications are sent");
      return 1;
    }
    String name = NamedUser.orTyped(user, setup.get());
    List<Trial> trials;
    try (State state =
        State.open(setup.get().configuration(), InstantSource.system(), new SecureRandom())) {
      trials = tryAll(state.devices().ofUser(name), setup.get(), state);
    }
    if (json) {
      out.println(asJson(trials));
    } else if (!trials.isEmpty()) {
      Table table = new Table("DEVICE", "NAME", "VIA", "RESULT", "ANSWER", "TIME");
      for (Trial trial : trials) {
        table.row(
            trial.device().id(),
            UntrustedText.shown(trial.device().name()),
            trial.device().push().via(),
            trial.sent() ? "sent" : "not sent",
            UntrustedText.shown(trial.answer()),
            trial.took().toMillis() + " ms");
      }
      table.printTo(out);
    }
    if (trials.isEmpty()) {
      err.println(
          "pushgate: %s has no device; enrol one with: pushgate enroll %s"
              .formatted(UntrustedText.shown(name), UntrustedText.shown(name)));
    }
    return trials.stream().anyMatch(Trial::sent)
            && trials.stream().allMatch(TestPushCommand::isWell)
        ? 0
        : 1;
  }

  /** Whether nothing has to be done about it: an app that asks by itself is well, too. */
  private static boolean isWell(Trial trial) {
    return trial.sent() || trial.device().push() instanceof PushAddress.Poll;
  }

  private static List<Trial> tryAll(List<Device> devices, Setup.Reading.Usable setup, State state)
      throws InterruptedException {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    List<Trial> trials = new ArrayList<>();
    try (Deliveries deliveries =
            new Deliveries(
                Notifiers.of(setup.configuration(), state.vapidKeys().keptOrNew(), clock),
                true,
                state.devices(),
                new Challenges(clock, random),
                new Polls(clock),
                new Alarms(Audit.NONE, clock),
                clock);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Notice notice =
          new Notice(
              Notice.Kind.TEST,
              StrictBase64.random(random, CHALLENGE_OCTETS),
              setup.configuration().baseAddress(),
              clock.instant().plus(VALIDITY));
      List<Future<Trial>> started =
          devices.stream()
              .map(device -> threads.submit(() -> tryOne(deliveries, device, notice, clock)))
              .toList();
      for (Future<Trial> trial : started) {
        trials.add(trial.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a trial failed", e.getCause());
    }
    return trials;
  }

  private static Trial tryOne(
      Deliveries deliveries, Device device, Notice notice, InstantSource clock)
      throws InterruptedException {
    var begun = clock.instant();
    Optional<Receipt> receipt = deliveries.tryOnce(device, notice);
    Duration took = Duration.between(begun, clock.instant());
    return receipt
        .map(given -> new Trial(device, given instanceof Receipt.Accepted, answer(given), took))
        .orElseGet(() -> new Trial(device, false, whyNothing(device), took));
  }

  private static String answer(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Accepted() -> "accepted";
      case Receipt.Misconfigured(String reason, String remedy) -> reason + ". " + remedy;
      case Receipt.Final refusal -> refusal.reason();
      case Receipt.Passing trouble -> trouble.reason();
    };
  }

  private static String whyNothing(Device device) {
    return device.push() instanceof PushAddress.Poll
        ? "asks by itself while its app is open"
        : "its address is retired; the app has to be opened";
  }

  private static String asJson(List<Trial> trials) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Trial trial : trials) {
      array
          .addObject()
          .put("device", trial.device().id())
          .put("name", trial.device().name())
          .put("via", trial.device().push().via())
          .put("sent", trial.sent())
          .put("answer", trial.answer())
          .put("tookMs", trial.took().toMillis());
    }
    return AsciiJson.text(array);
  }
}
