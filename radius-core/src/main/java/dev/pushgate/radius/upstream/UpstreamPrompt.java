package dev.pushgate.radius.upstream;

import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.message.Message;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.ReceivedPacket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** What an Access-Challenge wants besides its words. Prints nothing of its State. */
final class UpstreamPrompt {
  private static final Duration LEAST = Duration.ofSeconds(5);
  private static final Duration MOST = Duration.ofMinutes(5);
  private static final Duration USUAL = Duration.ofSeconds(60);

  private final Optional<byte[]> state;
  private final Duration answerWithin;
  private final boolean echo;

  private UpstreamPrompt(Optional<byte[]> state, Duration answerWithin, boolean echo) {
    this.state = state;
    this.answerWithin = answerWithin;
    this.echo = echo;
  }

  static UpstreamPrompt of(ReceivedPacket challenge) {
    return new UpstreamPrompt(
        challenge.value(AttributeType.STATE),
        number(challenge, AttributeType.SESSION_TIMEOUT)
            .map(seconds -> Math.clamp(seconds, LEAST.toSeconds(), MOST.toSeconds()))
            .map(Duration::ofSeconds)
            .orElse(USUAL),
        number(challenge, AttributeType.PROMPT).equals(Optional.of(1L)));
  }

  private static Optional<Long> number(ReceivedPacket packet, int type) {
    return packet
        .value(type)
        .filter(value -> value.length == Integer.BYTES)
        .map(value -> Integer.toUnsignedLong(ByteBuffer.wrap(value).getInt()));
  }

  /** Where the server has none. */
  static String words(Language language) {
    return Message.CODE_PROMPT.in(language);
  }

  /** What the answer must carry; a secret. */
  Optional<byte[]> state() {
    return state;
  }

  /** 5 s to 5 min. */
  Duration answerWithin() {
    return answerWithin;
  }

  /** Only where the server says so: what is asked for may be a password. */
  boolean echo() {
    return echo;
  }
}
