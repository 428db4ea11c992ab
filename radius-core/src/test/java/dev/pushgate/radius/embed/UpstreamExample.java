package dev.pushgate.radius.embed;

import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.upstream.UpstreamClient;
import dev.pushgate.radius.upstream.UpstreamReply;
import dev.pushgate.radius.upstream.UpstreamServer;
import dev.pushgate.radius.upstream.UpstreamSettings;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/** Asks RADIUS servers whether a password is right. */
final class UpstreamExample {
  private UpstreamExample() {}

  static String ask(
      InetSocketAddress first,
      InetSocketAddress second,
      SharedSecret secret,
      String user,
      String password)
      throws InterruptedException {
    UpstreamSettings settings =
        UpstreamSettings.of(new UpstreamServer(first, secret), new UpstreamServer(second, secret));
    try (UpstreamClient client =
        new UpstreamClient(settings, InstantSource.system(), new SecureRandom())) {
      UpstreamReply reply =
          client.ask(
              request ->
                  request
                      .add(AttributeType.USER_NAME, user.getBytes(StandardCharsets.UTF_8))
                      .addPassword(password.getBytes(StandardCharsets.UTF_8)),
              Instant.now().plusSeconds(10));
      return switch (reply) {
        case UpstreamReply.Answered answered when answered.answer().isAccept() -> "right";
        case UpstreamReply.Answered answered -> answered.answer().message();
        case UpstreamReply.Unanswered(String why) -> why;
        case UpstreamReply.Busy(String why) -> why;
      };
    }
  }
}
