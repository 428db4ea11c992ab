package dev.pushgate.push.limit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Pushes that nobody has approved, as the store keeps them.
 *
 * @param list the latest last
 */
record SentPushes(List<Sent> list) {
  static final SentPushes NONE = new SentPushes(List.of());

  /**
   * @param at by whole milliseconds
   * @param origin text of the place that the login came from
   */
  record Sent(Instant at, String origin) {
    static Sent parse(String line) {
      int space = line.indexOf(' ');
      return new Sent(
          Instant.ofEpochMilli(Long.parseLong(line.substring(0, space))),
          line.substring(space + 1));
    }

    String line() {
      return at.toEpochMilli() + " " + origin;
    }
  }

  SentPushes {
    list = List.copyOf(list);
  }

  static SentPushes parse(String lines) {
    return new SentPushes(lines.lines().map(Sent::parse).toList());
  }

  String lines() {
    return list.stream().map(Sent::line).collect(Collectors.joining("\n"));
  }

  List<Instant> times() {
    return list.stream().map(Sent::at).toList();
  }

  /** Those that were sent after that time. */
  SentPushes after(Instant time) {
    return new SentPushes(list.stream().filter(sent -> sent.at().isAfter(time)).toList());
  }

  SentPushes with(Sent one) {
    List<Sent> more = new ArrayList<>(list);
    more.add(one);
    // Two servers' clocks differ by a little.
    more.sort(Comparator.comparing(Sent::at));
    return new SentPushes(more);
  }

  SentPushes without(Sent one) {
    List<Sent> less = new ArrayList<>(list);
    var _ = less.remove(one);
    return new SentPushes(less);
  }

  SentPushes withoutAllFrom(Origin origin) {
    return new SentPushes(
        list.stream().filter(sent -> !sent.origin().equals(origin.text())).toList());
  }

  Optional<Sent> latestFrom(Origin origin) {
    return list.reversed().stream().filter(sent -> sent.origin().equals(origin.text())).findFirst();
  }
}
