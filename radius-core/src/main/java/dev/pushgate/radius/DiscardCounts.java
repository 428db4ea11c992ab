package dev.pushgate.radius;

import dev.pushgate.radius.packet.DiscardReason;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many datagrams got no answer, by reason, since the start. */
public final class DiscardCounts {
  private final Map<DiscardReason, LongAdder> counts =
      Stream.of(DiscardReason.values())
          .collect(Collectors.toUnmodifiableMap(reason -> reason, reason -> new LongAdder()));

  /** Counts one more. */
  public void count(DiscardReason reason) {
    adder(reason).increment();
  }

  /** How many so far. */
  public long of(DiscardReason reason) {
    return adder(reason).sum();
  }

  private LongAdder adder(DiscardReason reason) {
    return java.util.Objects.requireNonNull(counts.get(reason));
  }
}
