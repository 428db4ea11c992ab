package dev.pushgate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a {@link RadiusBenchmark} has found so far.
 *
 * @param logins in each round
 * @param inFlight requests that are under way at once
 * @param ports from which they come
 * @param results of each server, Pushgate's first
 */
public record RadiusReport(int logins, int inFlight, int ports, List<Result> results) {

  /**
   * One server's rounds.
   *
   * @param server its name and version
   */
  public record Result(String server, List<Round> rounds) {
    private Result with(Round round) {
      List<Round> more = new ArrayList<>(rounds);
      more.add(round);
      return new Result(server, List.copyOf(more));
    }
  }

  static RadiusReport begun(Requests.Shape shape, List<MeasuredServer> servers) {
    return new RadiusReport(
        shape.requests(),
        shape.chains(),
        shape.ports(),
        servers.stream().map(server -> new Result(server.name(), List.of())).toList());
  }

  RadiusReport with(List<Round> played) {
    List<Result> more = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      more.add(results.get(i).with(played.get(i)));
    }
    return new RadiusReport(logins, inFlight, ports, List.copyOf(more));
  }

  /** Whether two servers were measured, so that there are ratios. */
  public boolean isComparison() {
    return results.size() > 1;
  }

  /** Whether each request of each round got its sound, signed Access-Accept. */
  public boolean isSound() {
    return results.stream()
        .flatMap(result -> result.rounds().stream())
        .allMatch(round -> round.failures().isEmpty());
  }

  /** The middle of a server's rounds. */
  public static double median(Result result, ToDoubleFunction<Round> figure) {
    return median(result.rounds().stream().mapToDouble(figure).toArray());
  }

  /** The middle of the rounds' ratios: Pushgate's figure by the other's, of the same round. */
  public double medianRatio(ToDoubleFunction<Round> figure) {
    List<Round> ours = results.getFirst().rounds();
    List<Round> theirs = results.getLast().rounds();
    double[] ratios = new double[ours.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = figure.applyAsDouble(ours.get(i)) / figure.applyAsDouble(theirs.get(i));
    }
    return median(ratios);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
