package dev.pushgate.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.push.bypass.Bypass;
import dev.pushgate.push.limit.PushStop;
import dev.pushgate.push.secret.KeyRing;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pushgate status}: shows who gets in otherwise than by the second factor, and why. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Shows bypasses in force, unused bypass codes and stopped pushes, and what is in the store.")
public final class StatusCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /**
   * What is shown.
   *
   * @param keyFile where it is, or would be
   * @param keys how many are in it
   */
  private record Status(
      String keyFile,
      int keys,
      int devices,
      int codeApps,
      List<Bypass> bypasses,
      List<Bypass> codes,
      List<PushStop> stops) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Optional<Setup.Reading.Usable> setup =
        configuration.readOrTell(Objects.requireNonNull(spec).commandLine().getErr());
    if (setup.isEmpty()) {
      return 1;
    }
    Status status;
    try (State state =
        State.open(setup.get().configuration(), InstantSource.system(), new SecureRandom())) {
      status =
          new Status(
              State.keyFile(setup.get().configuration()).toString(),
              state.keys().current().map(KeyRing::names).map(List::size).orElse(0),
              state.devices().all().size(),
              state.oneTimeCodes().all().size(),
              state.bypasses().list(),
              state.bypassCodes().unused(),
              state.pushLimits().stops());
    }
    if (json) {
      out.println(asJson(status));
    } else {
      print(status, out);
    }
    return 0;
  }

  private static void print(Status status, PrintWriter out) {
    out.println(
        status.keys() == 0
            ? "key file: none, so no one-time codes; make one with: pushgate key"
            : "key file: " + status.keyFile() + ", keys: " + status.keys());
    out.println("devices: " + status.devices() + ", apps for codes: " + status.codeApps());
    out.println("bypasses in force: " + status.bypasses().size());
    print(status.bypasses(), out);
    out.println("unused bypass codes: " + status.codes().size());
    print(status.codes(), out);
    out.println("pushes stopped after a report: " + status.stops().size());
    if (!status.stops().isEmpty()) {
      Table table = new Table("USER", "SINCE", "UNTIL", "REPORTED FROM");
      for (PushStop stop : status.stops()) {
        Instant until = stop.until();
        table.row(
            stop.user(),
            ShownTime.utc(stop.since()),
            until == null ? "pushgate lift" : ShownTime.utc(until),
            stop.from());
      }
      table.printTo(out);
    }
  }

  private static void print(List<Bypass> bypasses, PrintWriter out) {
    if (bypasses.isEmpty()) {
      return;
    }
    Table table = new Table("USER", "SINCE", "UNTIL", "BY", "REASON");
    for (Bypass bypass : bypasses) {
      table.row(
          bypass.user(),
          ShownTime.utc(bypass.granted()),
          ShownTime.utc(bypass.until()),
          UntrustedText.shown(bypass.by()),
          UntrustedText.shown(bypass.reason()));
    }
    table.printTo(out);
  }

  private static String asJson(Status status) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("keyFile", status.keys() == 0 ? null : status.keyFile());
    object.put("keys", status.keys());
    object.put("devices", status.devices());
    object.put("codeApps", status.codeApps());
    add(status.bypasses(), object.putArray("bypasses"));
    add(status.codes(), object.putArray("bypassCodes"));
    ArrayNode stops = object.putArray("stops");
    for (PushStop stop : status.stops()) {
      Instant until = stop.until();
      stops
          .addObject()
          .put("user", stop.user())
          .put("since", ShownTime.utc(stop.since()))
          .put("until", until == null ? null : ShownTime.utc(until))
          .put("from", stop.from());
    }
    return AsciiJson.text(object);
  }

  private static void add(List<Bypass> bypasses, ArrayNode array) {
    for (Bypass bypass : bypasses) {
      array
          .addObject()
          .put("user", bypass.user())
          .put("since", ShownTime.utc(bypass.granted()))
          .put("until", ShownTime.utc(bypass.until()))
          .put("by", bypass.by())
          .put("reason", bypass.reason());
    }
  }
}
