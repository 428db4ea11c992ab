package dev.pushgate.command;

import dev.pushgate.bench.FreeRadiusUnderTest;
import dev.pushgate.bench.RadiusBenchmark;
import dev.pushgate.bench.RadiusJson;
import dev.pushgate.bench.RadiusReport;
import dev.pushgate.bench.RadiusTable;
import dev.pushgate.bench.UsersBenchmark;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pushgate bench}: how fast this Pushgate is on this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures how fast Pushgate is on this machine.",
    synopsisSubcommandLabel = "(radius | users)")
public final class BenchCommand {
  private static final int MOST_IN_FLIGHT = 2048;

  @Spec private @Nullable CommandSpec spec;

  @Command(
      name = "radius",
      mixinStandardHelpOptions = true,
      description = {
        "Counts logins a second by password alone, beside FreeRADIUS where it is installed.",
        "Both are started for it on loopback, in processes of their own, and end with it."
      })
  int radius(
      @Option(
              names = "--logins",
              paramLabel = "N",
              defaultValue = "50000",
              description = "Logins in each round (default: ${DEFAULT-VALUE}).")
          int logins,
      @Option(
              names = "--rounds",
              paramLabel = "N",
              defaultValue = "9",
              description = "Rounds that count (default: ${DEFAULT-VALUE}).")
          int rounds,
      @Option(
              names = "--warm-up",
              paramLabel = "N",
              defaultValue = "4",
              description = "Rounds before them that do not (default: ${DEFAULT-VALUE}).")
          int warmUp,
      @Option(
              names = "--in-flight",
              paramLabel = "N",
              defaultValue = "64",
              description = "Requests under way at once, 1 to 2048 (default: ${DEFAULT-VALUE}).")
          int inFlight,
      @Option(
              names = "--freeradius",
              paramLabel = "FILE",
              description = "FreeRADIUS's server (default: where it is usually installed).")
          @Nullable Path freeRadius,
      @Option(names = "--alone", description = "Measure Pushgate alone.") boolean alone,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws IOException, InterruptedException {
    require(logins >= 1 && rounds >= 1, "--logins and --rounds are 1 or more");
    require(warmUp >= 0, "--warm-up is 0 or more");
    require(
        inFlight >= 1 && inFlight <= MOST_IN_FLIGHT, "--in-flight is from 1 to " + MOST_IN_FLIGHT);
    require(
        freeRadius == null || Files.isExecutable(freeRadius),
        "--freeradius: there is no program " + freeRadius);
    CommandSpec command = Objects.requireNonNull(spec);
    Path other = freeRadius == null ? FreeRadiusUnderTest.find().orElse(null) : freeRadius;
    try (RadiusBenchmark benchmark =
        RadiusBenchmark.start(
            new RadiusBenchmark.Options(logins, rounds, warmUp, inFlight),
            command.root().version()[0],
            alone ? null : other)) {
      PrintWriter out = command.commandLine().getOut();
      RadiusReport report;
      if (json) {
        report = benchmark.run(RadiusBenchmark.Progress.NONE);
        out.println(RadiusJson.of(report));
      } else {
        RadiusTable table = new RadiusTable(out);
        report = benchmark.run(table);
        table.finished(report);
      }
      return report.isSound() ? 0 : 1;
    }
  }

  @Command(
      name = "users",
      mixinStandardHelpOptions = true,
      description = {
        "Measures how long a large file of users takes to be read, whether logins notice that,",
        "and how many passwords a core checks by each scheme."
      })
  int users(
      @Option(
              names = "--users",
              paramLabel = "N",
              defaultValue = "100000",
              description = "Users in the file, 2 or more (default: ${DEFAULT-VALUE}).")
          int users)
      throws IOException, InterruptedException {
    require(users >= 2, "--users is 2 or more");
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    new UsersBenchmark(users, out).run();
    return 0;
  }

  private void require(boolean right, String otherwise) {
    if (!right) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), otherwise);
    }
  }
}
