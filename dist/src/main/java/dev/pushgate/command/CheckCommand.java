package dev.pushgate.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pushgate.configuration.Configuration;
import dev.pushgate.radius.Problem;
import dev.pushgate.radius.client.Client;
import dev.pushgate.server.Setup;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
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
      case Setup.Reading.Usable usable -> usable.notes().forEach(note -> add(array, "note", note));
      case Setup.Reading.Broken broken ->
          broken.problems().forEach(problem -> add(array, "error", problem));
    }
    return array.toPrettyString();
  }

  private static void add(ArrayNode array, String severity, Problem problem) {
    array
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
      out.println(
          "client "
              + client.name()
              + ": "
              + client.addresses().stream().map(Object::toString).collect(Collectors.joining(", "))
              + ", kind "
              + client.kind().word()
              + ", answered within "
              + client.answerWithin().toSeconds()
              + " s: the NAS must wait at least as long");
    }
    usable.notes().forEach(note -> out.println("note: " + note));
    int users = usable.users().accounts().size();
    out.println(users == 1 ? "1 user" : users + " users");
    out.println("no mistakes");
  }
}
