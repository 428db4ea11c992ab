package dev.pushgate.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.bench.RadiusReport.Result;

/** A {@link RadiusReport} for scripts. */
public final class RadiusJson {
  private RadiusJson() {}

  /** The whole report as one JSON object. */
  public static String of(RadiusReport report) {
    ObjectNode all = new ObjectMapper().createObjectNode();
    all.put("logins", report.logins());
    all.put("inFlight", report.inFlight());
    all.put("ports", report.ports());
    all.put("java", System.getProperty("java.version"));
    all.put("processors", Runtime.getRuntime().availableProcessors());
    ArrayNode servers = all.putArray("servers");
    for (Result result : report.results()) {
      ObjectNode server = servers.addObject();
      server.put("server", result.server());
      server.put("loginsPerSecond", RadiusReport.median(result, Round::loginsPerSecond));
      server.put("loginsPerCpuSecond", RadiusReport.median(result, Round::loginsPerCpuSecond));
      ArrayNode rounds = server.putArray("rounds");
      result.rounds().forEach(round -> add(rounds.addObject(), round));
    }
    if (report.isComparison()) {
      all.put("ratio", report.medianRatio(Round::loginsPerSecond));
      all.put("cpuRatio", report.medianRatio(Round::loginsPerCpuSecond));
    }
    return all.toPrettyString();
  }

  private static void add(ObjectNode object, Round round) {
    object.put("logins", round.logins());
    object.put("loginsPerSecond", round.loginsPerSecond());
    object.put("loginsPerCpuSecond", round.loginsPerCpuSecond());
    object.put("medianMillis", round.median().toNanos() / 1e6);
    object.put("p99Millis", round.p99().toNanos() / 1e6);
    ObjectNode failures = object.putObject("failures");
    round.failures().forEach(failures::put);
  }
}
