package dev.pushgate.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of asking one server a round of requests.
 *
 * @param logins how many were answered with a sound, signed Access-Accept
 * @param failures how many were not, by what was wrong
 * @param elapsed from the first request to the last reply
 * @param cpu what the server's process used of the processors meanwhile
 * @param median half of the answers took no longer
 * @param p99 99 of 100 answers took no longer
 */
public record Round(
    int logins,
    Map<String, Integer> failures,
    Duration elapsed,
    Duration cpu,
    Duration median,
    Duration p99) {

  /**
   * Checks all replies, and counts.
   *
   * @param replies by request, null where none came
   * @param latencies in nanoseconds, by request; sorted here
   */
  static Round of(
      Requests requests, byte[][] replies, long[] latencies, Duration elapsed, Duration cpu) {
    Map<String, Integer> failures = new TreeMap<>();
    for (int index = 0; index < replies.length; index++) {
      byte[] reply = replies[index];
      String objection = reply == null ? "no reply" : requests.objection(index, reply).orElse(null);
      if (objection != null) {
        failures.merge(objection, 1, Integer::sum);
      }
    }
    Arrays.sort(latencies);
    return new Round(
        replies.length - failures.values().stream().mapToInt(Integer::intValue).sum(),
        failures,
        elapsed,
        cpu,
        Duration.ofNanos(latencies[latencies.length / 2]),
        Duration.ofNanos(latencies[latencies.length * 99 / 100]));
  }

  public double loginsPerSecond() {
    return logins / seconds(elapsed);
  }

  /** What the server could do on one processor of its own: says most where several share. */
  public double loginsPerCpuSecond() {
    return logins / seconds(cpu);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
