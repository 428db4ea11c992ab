package dev.pushgate.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.configuration.Configuration;
import dev.pushgate.configuration.ConfigurationFile;
import dev.pushgate.push.policy.GroupRule;
import dev.pushgate.push.policy.NetworkRule;
import dev.pushgate.push.policy.Policy;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.Problem;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.Mode;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.server.Setup;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pushgate check}: tells every mistake of the configuration at once. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Reads the whole configuration and tells every mistake at once.")
public final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--json",
      description = "As JSON: severity, file, line, key, what and remedy of each.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Setup.Reading reading = configuration.read();
    if (json) {
      out.println(asJson(reading));
      return reading instanceof Setup.Reading.Usable ? 0 : 1;
    }
    for (Problem warning : reading.warnings()) {
      out.println("warning: " + warning);
    }
    return switch (reading) {
      case Setup.Reading.Usable usable -> {
        tell(usable, out);
        yield 0;
      }
      case Setup.Reading.Broken broken -> {
        List<Problem> problems = broken.problems();
        problems.forEach(problem -> out.println(problem));
        out.println(problems.size() == 1 ? "1 mistake" : problems.size() + " mistakes");
        yield 1;
      }
    };
  }

  private static String asJson(Setup.Reading reading) {
    ArrayNode array = new ObjectMapper().createArrayNode();
    reading.warnings().forEach(warning -> add(array, "warning", warning));
    switch (reading) {
      case Setup.Reading.Usable usable -> {
        usable.notes().forEach(note -> add(array, "note", note));
        usable.configuration().clients().values().forEach(each -> add(array, each, usable));
      }
      case Setup.Reading.Broken broken ->
          broken.problems().forEach(problem -> add(array, "error", problem));
    }
    return array.toPrettyString();
  }

  private static void add(ArrayNode array, Client client, Setup.Reading.Usable usable) {
    ClientSummary summary = new ClientSummary(client, usable.configuration());
    Problem asProblem =
        new Problem(
            ConfigurationFile.NAME,
            0,
            "clients." + client.name(),
            summary.lines().getFirst(),
            "Set this on the NAS");
    summary.addTo(add(array, "client", asProblem).putObject("client"));
  }

  private static ObjectNode add(ArrayNode array, String severity, Problem problem) {
    return array
        .addObject()
        .put("severity", severity)
        .put("file", problem.file())
        .put("line", problem.line() == 0 ? null : Integer.valueOf(problem.line()))
        .put("key", problem.key())
        .put("what", problem.what())
        .put("remedy", problem.remedy());
  }

  private static void tell(Setup.Reading.Usable usable, PrintWriter out) {
    Configuration configuration = usable.configuration();
    out.println("phones call " + configuration.baseAddress());
    for (Client client : configuration.clients().values()) {
      new ClientSummary(client, configuration).lines().forEach(line -> out.println(line));
    }
    Policy policy = configuration.secondFactor().policy();
    new TreeMap<>(policy.groups()).forEach((name, rule) -> out.println(shown(name, rule)));
    policy.networks().forEach(rule -> out.println(shown(rule)));
    usable.notes().forEach(note -> out.println("note: " + note));
    int users = usable.users().accounts().size();
    out.println(users == 1 ? "1 user" : users + " users");
    out.println("no mistakes");
  }

  private static String shown(String group, GroupRule rule) {
    Requirement requirement = rule.requirement();
    Mode mode = rule.mode();
    return "group "
        + UntrustedText.shown(group)
        + ":"
        + (requirement == null ? "" : " factor " + requirement.word())
        + (mode == null ? "" : " mode " + mode.word());
  }

  private static String shown(NetworkRule rule) {
    return "network "
        + UntrustedText.shown(rule.name())
        + ": "
        + rule.networks().stream().map(Object::toString).collect(Collectors.joining(", "))
        + ", factor "
        + rule.requirement().word()
        + (rule.overrides() ? ", overrides other rules" : "");
  }
}
