package dev.pushgate.command;

import dev.pushgate.configuration.Configuration;
import dev.pushgate.radius.Problem;
import dev.pushgate.radius.client.Client;
import dev.pushgate.server.Setup;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pushgate check}: tells every mistake of the configuration at once. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Reads the whole configuration and tells every mistake at once.")
public final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    Setup.Reading reading = configuration.read();
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
        problems.forEach(problem -> out.println("error: " + problem));
        out.println(problems.size() == 1 ? "1 mistake" : problems.size() + " mistakes");
        yield 1;
      }
    };
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
    out.println(usable.users().accounts().size() + " users");
    out.println("no mistakes");
  }
}
