package dev.pushgate.bench;

import com.google.errorprone.annotations.FormatMethod;
import dev.pushgate.bench.RadiusReport.Result;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Prints a {@link RadiusReport} as a table that grows round by round. */
public final class RadiusTable implements RadiusBenchmark.Progress {
  private static final String LINE = "%-6s  %-30s  %9.0f/s  %9.0f/s  %7.2f ms  %7.2f ms%s";

  private final PrintWriter out;

  public RadiusTable(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void started(RadiusReport report) {
    say(
        "Logins by password alone, Message-Authenticator on both ways: %,d a round, %d in flight from %d ports.",
        report.logins(), report.inFlight(), report.ports());
    say(
        "Java %s, %d processors, %s",
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"));
    say("");
    say(
        "%-6s  %-30s  %11s  %11s  %10s  %10s",
        "ROUND", "SERVER", "LOGINS", "BY ITS CPU", "MEDIAN", "P99");
  }

  @Override
  public void played(RadiusReport report) {
    for (Result result : report.results()) {
      List<Round> rounds = result.rounds();
      Round round = rounds.getLast();
      say(
          LINE,
          rounds.size(),
          result.server(),
          round.loginsPerSecond(),
          round.loginsPerCpuSecond(),
          round.median().toNanos() / 1e6,
          round.p99().toNanos() / 1e6,
          round.failures().isEmpty() ? "" : "  " + round.failures());
    }
  }

  /** The medians and, where there are two servers, what the one is to the other. */
  public void finished(RadiusReport report) {
    say("");
    for (Result result : report.results()) {
      say(
          LINE,
          "median",
          result.server(),
          RadiusReport.median(result, Round::loginsPerSecond),
          RadiusReport.median(result, Round::loginsPerCpuSecond),
          RadiusReport.median(result, round -> round.median().toNanos() / 1e6),
          RadiusReport.median(result, round -> round.p99().toNanos() / 1e6),
          "");
    }
    if (report.isComparison()) {
      say(
          "%-6s  %-30s  %11s  %11s",
          "ratio",
          "Pushgate to the other",
          ratio(report, Round::loginsPerSecond),
          ratio(report, Round::loginsPerCpuSecond));
    }
    if (!report.isSound()) {
      say("not every request got its Access-Accept, signed: see above");
    }
  }

  private static String ratio(RadiusReport report, ToDoubleFunction<Round> figure) {
    return String.format(Locale.ROOT, "%.2f", report.medianRatio(figure));
  }

  @FormatMethod
  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
