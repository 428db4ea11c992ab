package dev.pushgate.radius.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.RadiusGate;
import dev.pushgate.radius.SecondFactor;
import dev.pushgate.radius.SecondFactorPlugins;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.nas.NasAnswer;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.upstream.StandInServer;
import dev.pushgate.radius.user.User;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tinyradius.packet.RadiusPacket;

/** The examples of docs/embed.md work. */
class EmbeddingTest {

  @Test
  void ownFactor_asALambda_decidesLogins() throws Exception {
    try (RadiusGate gate = OwnFactorExample.start();
        Nas nas =
            new Nas(
                gate.addresses().getFirst(), SharedSecret.of("my-secret"), new SecureRandom())) {
      assertThat(ask(nas, "alice").isAccept()).isTrue();
      NasAnswer answer = ask(nas, "bob");
      assertThat(answer.isAccept()).isFalse();
      assertThat(answer.message()).isEqualTo("Only Alice may come in.");
    }
  }

  @Test
  void ownFactor_asAPlugin_isFoundByItsName() throws Exception {
    SecondFactor factor =
        Objects.requireNonNull(SecondFactorPlugins.load().get("office-hours")).create();
    assertThat(factor.verify(loginAt("2026-11-24T09:00:00Z"), Instant.MAX))
        .isEqualTo(new Outcome.Approved());
    assertThat(factor.verify(loginAt("2026-11-24T03:00:00Z"), Instant.MAX))
        .isInstanceOf(Outcome.Denied.class);
  }

  @Test
  void client_asksTheServerThatIsThere() throws Exception {
    try (StandInServer gone = StandInServer.behaving(_ -> List.of());
        StandInServer server =
            StandInServer.behaving(
                request ->
                    List.of(StandInServer.reply(RadiusPacket.ACCESS_ACCEPT, request).encode()))) {
      gone.stop();
      assertThat(
              UpstreamExample.ask(
                  gone.address(), server.address(), StandInServer.SECRET, "alice", "right"))
          .isEqualTo("right");
    }
  }

  private static Login loginAt(String time) {
    return new Login(
        "1",
        new User("alice", Set.of(), null),
        Client.of("my-vpn", "127.0.0.1", "my-secret"),
        null,
        Instant.parse(time));
  }

  private static NasAnswer ask(Nas nas, String user) throws Exception {
    return nas.ask(
            nas.request(user, "anything".getBytes(StandardCharsets.UTF_8)),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Nas.Progress.NONE)
        .orElseThrow();
  }
}
