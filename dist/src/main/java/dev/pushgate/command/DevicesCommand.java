package dev.pushgate.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.push.code.CodeApp;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.device.PushHealth;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import dev.pushgate.terminal.AsciiJson;
import dev.pushgate.terminal.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pushgate devices}: shows the enrolled devices, and forgets one. */
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    description = "Shows the enrolled devices, or forgets one.",
    synopsisSubcommandLabel = "[list | remove]")
public final class DevicesCommand implements Callable<Integer> {
  /** The {@code via} of apps that compute codes: nothing is sent to them. */
  private static final String TOTP = "totp";

  @Mixin private ConfigurationOption ofAll = new ConfigurationOption();

  @Option(names = "--json", description = "As JSON.")
  private boolean allAsJson;

  /** As {@code list} does, of all users. */
  @Override
  public Integer call() throws IOException, InterruptedException {
    return show(ofAll, null, allAsJson);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Shows the enrolled devices, of all users or of one.")
  int list(
      @Mixin ConfigurationOption configuration,
      @Parameters(paramLabel = "USER", arity = "0..1", description = "Only of this user.")
          @Nullable String user,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws IOException, InterruptedException {
    requireOptionsBehind("list");
    return show(configuration, user, json);
  }

  private int show(ConfigurationOption configuration, @Nullable String user, boolean json)
      throws IOException, InterruptedException {
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err());
    if (setup.isEmpty()) {
      return 1;
    }
    List<Device> devices;
    List<CodeApp> apps;
    try (State state = open(setup.get())) {
      String name = user == null ? null : NamedUser.orTyped(user, setup.get());
      devices = name == null ? state.devices().all() : state.devices().ofUser(name);
      apps = name == null ? state.oneTimeCodes().all() : state.oneTimeCodes().ofUser(name);
    }
    if (json) {
      out().println(asJson(devices, apps));
    } else if (devices.isEmpty() && apps.isEmpty()) {
      out().println("no devices");
    } else {
      Table table =
          new Table(
              "USER", "DEVICE", "NAME", "VIA", "ENROLLED", "LAST SEEN", "LAST PUSH", "LAST ERROR");
      Stream.concat(
              devices.stream().map(DevicesCommand::asRow), apps.stream().map(DevicesCommand::asRow))
          .sorted(Comparator.comparing(row -> row[0]))
          .forEach(table::row);
      table.printTo(out());
    }
    return 0;
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description =
          "Forgets a device: from now on nothing that it signs, and no code of its, is taken.")
  int remove(
      @Mixin ConfigurationOption configuration,
      @Parameters(paramLabel = "DEVICE", description = "As 'devices list' shows it.") String device)
      throws IOException, InterruptedException {
    requireOptionsBehind("remove");
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err());
    if (setup.isEmpty()) {
      return 1;
    }
    Devices.Removal removal;
    try (State state = open(setup.get())) {
      removal = state.devices().remove(device);
      if (removal == Devices.Removal.UNKNOWN && state.oneTimeCodes().removeApp(device)) {
        removal = Devices.Removal.REMOVED;
      }
    }
    return switch (removal) {
      case REMOVED -> {
        out().println("removed " + device);
        yield 0;
      }
      case ALREADY_REMOVED -> {
        err().println("pushgate: that device has been removed before");
        yield 1;
      }
      case UNKNOWN -> {
        err()
            .println(
                "pushgate: there is no device "
                    + UntrustedText.shown(device)
                    + "; 'pushgate devices list' shows them");
        yield 1;
      }
    };
  }

  @Spec private @Nullable CommandSpec spec;

  /** Those before a subcommand would be taken, and have no effect. */
  private void requireOptionsBehind(String subcommand) {
    CommandLine parent = Objects.requireNonNull(spec).commandLine();
    if (!parent.getParseResult().matchedOptions().isEmpty()) {
      throw new ParameterException(parent, "options go behind '" + subcommand + "'");
    }
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  private static State open(Setup.Reading.Usable setup) throws IOException, InterruptedException {
    return State.open(setup.configuration(), InstantSource.system(), new SecureRandom());
  }

  private static String[] asRow(Device device) {
    PushHealth health = device.health();
    return new String[] {
      device.user(),
      device.id(),
      UntrustedText.shown(device.name()),
      device.push().via() + (health.retired() ? " (retired)" : ""),
      time(device.enrolled()),
      timeOrNever(device.lastSeen()),
      device.push() instanceof PushAddress.Poll ? "" : timeOrNever(health.lastSent()),
      health.lastFailure() == null
          ? ""
          : time(health.lastFailure().at())
              + " "
              + UntrustedText.shown(health.lastFailure().reason())
    };
  }

  private static String[] asRow(CodeApp app) {
    return new String[] {
      app.user(),
      app.id(),
      name(app),
      TOTP,
      time(app.enrolled()),
      timeOrNever(app.lastUsed()),
      "",
      ""
    };
  }

  /** What the server knows of an app that it has never spoken to. */
  private static String name(CodeApp app) {
    return "%d digits, %d s, %s"
        .formatted(
            app.settings().digits(), app.settings().step().toSeconds(), app.settings().algorithm());
  }

  private static String timeOrNever(@Nullable Instant time) {
    return time == null ? "never" : time(time);
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static @Nullable String timeOrNull(@Nullable Instant time) {
    return time == null ? null : time(time);
  }

  private static String asJson(List<Device> devices, List<CodeApp> apps) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    Stream.concat(
            devices.stream().map(DevicesCommand::asJson), apps.stream().map(DevicesCommand::asJson))
        .sorted(Comparator.comparing(device -> device.path("user").textValue()))
        .forEach(array::add);
    return AsciiJson.text(array);
  }

  private static ObjectNode asJson(Device device) {
    PushHealth.Failure failure = device.health().lastFailure();
    return JsonNodeFactory.instance
        .objectNode()
        .put("device", device.id())
        .put("user", device.user())
        .put("name", device.name())
        .put("enrolled", time(device.enrolled()))
        .put("lastSeen", timeOrNull(device.lastSeen()))
        .put("via", device.push().via())
        .put("retired", device.health().retired())
        .put("lastPush", timeOrNull(device.health().lastSent()))
        .put("lastError", failure == null ? null : failure.reason())
        .put("lastErrorAt", failure == null ? null : time(failure.at()));
  }

  private static ObjectNode asJson(CodeApp app) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("device", app.id())
        .put("user", app.user())
        .put("name", name(app))
        .put("enrolled", time(app.enrolled()))
        .put("lastSeen", timeOrNull(app.lastUsed()))
        .put("via", TOTP)
        .put("retired", false)
        .putNull("lastPush")
        .putNull("lastError")
        .putNull("lastErrorAt");
  }
}
