package dev.pushgate.command;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Devices;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pushgate devices}: shows the enrolled devices, and forgets one. */
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    description = "Shows the enrolled devices, or forgets one.",
    synopsisSubcommandLabel = "(list | remove)")
public final class DevicesCommand {

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
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err());
    if (setup.isEmpty()) {
      return 1;
    }
    List<Device> devices;
    try (State state = open(setup.get())) {
      devices =
          user == null
              ? state.devices().all()
              : state.devices().ofUser(canonical(user, setup.get()));
    }
    if (json) {
      out().println(asJson(devices));
    } else if (devices.isEmpty()) {
      out().println("no devices");
    } else {
      out().println(line("USER", "DEVICE", "NAME", "ENROLLED", "LAST SEEN"));
      for (Device device : devices) {
        out()
            .println(
                line(
                    device.user(),
                    device.id(),
                    UntrustedText.shown(device.name()),
                    time(device.enrolled()),
                    Optional.ofNullable(device.lastSeen())
                        .map(DevicesCommand::time)
                        .orElse("never")));
      }
    }
    return 0;
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Forgets a device: from now on nothing that it signs is taken.")
  int remove(
      @Mixin ConfigurationOption configuration,
      @Parameters(paramLabel = "DEVICE", description = "As 'devices list' shows it.") String device)
      throws IOException, InterruptedException {
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err());
    if (setup.isEmpty()) {
      return 1;
    }
    Devices.Removal removal;
    try (State state = open(setup.get())) {
      removal = state.devices().remove(device);
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

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  /** The user's name as devices know it; a user who is gone may still have some. */
  private static String canonical(String user, Setup.Reading.Usable setup) {
    return setup.users().find(user).map(account -> account.user().name()).orElse(user);
  }

  private static State open(Setup.Reading.Usable setup) throws IOException, InterruptedException {
    return State.open(setup.configuration(), InstantSource.system(), new SecureRandom());
  }

  private static String line(
      String user, String device, String name, String enrolled, String lastSeen) {
    return String.format(
            Locale.ROOT, "%-20s %-24s %-24s %-20s %s", user, device, name, enrolled, lastSeen)
        .stripTrailing();
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String asJson(List<Device> devices) throws IOException {
    // Names are text of phones, and a terminal may be what reads this.
    JsonMapper ascii = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    ArrayNode array = ascii.createArrayNode();
    for (Device device : devices) {
      array
          .addObject()
          .put("device", device.id())
          .put("user", device.user())
          .put("name", device.name())
          .put("enrolled", time(device.enrolled()))
          .put(
              "lastSeen",
              Optional.ofNullable(device.lastSeen()).map(DevicesCommand::time).orElse(null));
    }
    return ascii
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(array)
        .replace("\u007f", "\\u007f");
  }
}
