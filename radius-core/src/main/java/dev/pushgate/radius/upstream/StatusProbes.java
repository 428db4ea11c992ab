package dev.pushgate.radius.upstream;

import dev.pushgate.radius.nas.Conversation;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.SignedRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tinyradius.packet.RadiusPacket;

/**
 * Asks servers that do not answer by Status-Server (RFC 5997) whether they are back, each from a
 * thread of its own that ends when the server answers.
 */
final class StatusProbes {
  private static final Logger log = LoggerFactory.getLogger(StatusProbes.class);
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final Lines lines;
  private final IgnoredReplies ignored;
  private final InstantSource clock;
  private final SecureRandom random;
  private final CountDownLatch closed = new CountDownLatch(1);

  StatusProbes(Lines lines, IgnoredReplies ignored, InstantSource clock, SecureRandom random) {
    this.lines = lines;
    this.ignored = ignored;
    this.clock = clock;
    this.random = random;
  }

  /** Begins, where the server is down and nobody asks it already. */
  void begin(ServerHealth health) {
    if (!lines.isClosed() && health.beginProbing()) {
      Thread.ofVirtual().name("status of " + health.server()).start(() -> probe(health));
    }
  }

  private void probe(ServerHealth health) {
    try {
      do {
        if (answers(health.server()) && health.hasAnswered(clock.instant())) {
          log.info("the RADIUS server {} answers again", health.server());
        }
      } while (!health.endProbing() && !closed.await(WAIT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      log.debug("no longer asked by Status-Server: {}", health.server());
    }
  }

  private boolean answers(UpstreamServer server) throws InterruptedException {
    SignedRequest request = new SignedRequest(random.nextInt(256), server.secret(), random);
    request.setPacketType(RadiusPacket.STATUS_SERVER);
    Instant end = clock.instant().plus(WAIT);
    Conversation.Listener listener =
        new Conversation.Listener() {
          @Override
          public void ignored(DiscardReason why) {
            ignored.note(why, server);
          }

          @Override
          public boolean isWorthWaitingFor() {
            return false;
          }
        };
    // FreeRADIUS before 3.2.5 signs no reply to it. Who forges one gets a request sent to the
    // server.
    try {
      return lines
          .with(
              server,
              line ->
                  new Conversation(line, server.secret(), clock, listener)
                      .ask(request, true, List.of(WAIT).iterator(), end))
          .isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  void close() {
    closed.countDown();
  }
}
