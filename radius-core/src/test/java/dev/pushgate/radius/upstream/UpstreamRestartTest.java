package dev.pushgate.radius.upstream;

import static dev.pushgate.radius.upstream.StandInServer.SECRET;
import static dev.pushgate.radius.upstream.StandInServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.radius.dictionary.AttributeSelection;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.UserSource.Answer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tinyradius.packet.RadiusPacket;

/** 10,000 logins while the server that knows the users restarts. */
class UpstreamRestartTest {
  private static final int THREADS = 500;
  private static final int LOGINS_EACH = 20;

  private final AtomicInteger right = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final AtomicInteger mistaken = new AtomicInteger();

  private static List<byte[]> check(ReceivedPacket request) {
    boolean known =
        request
            .revealPassword(SECRET)
            .map(UntrustedText::decode)
            .filter("right"::equals)
            .isPresent();
    return List.of(
        reply(known ? RadiusPacket.ACCESS_ACCEPT : RadiusPacket.ACCESS_REJECT, request).encode());
  }

  private static Answer check(UpstreamSource source, String password) throws InterruptedException {
    return source.check(
        new Attempt(
            "alice",
            new Password.Pap(password.getBytes(StandardCharsets.UTF_8)),
            Instant.now().plusSeconds(30)));
  }

  private void login(UpstreamSource source, boolean knows) throws InterruptedException {
    switch (check(source, knows ? "right" : "wrong")) {
      case Answer.Right _ -> (knows ? right : mistaken).incrementAndGet();
      case Answer.Wrong _ -> (knows ? mistaken : wrong).incrementAndGet();
      case Answer.Unavailable _ -> unavailable.incrementAndGet();
      case Answer other -> throw new AssertionError(other);
    }
  }

  @Test
  void logins_whileTheServerRestarts_areRightOrWrongOrUnavailableAndNeverMistaken()
      throws Exception {
    try (StandInServer first = StandInServer.behaving(UpstreamRestartTest::check);
        UpstreamSource source =
            new UpstreamSource(
                new UpstreamClient(
                    new UpstreamSettings(
                        List.of(first.server()),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        true,
                        UpstreamSettings.DEFAULT_MOST_AT_ONCE),
                    InstantSource.system(),
                    new SecureRandom()),
                new UpstreamSourceSettings(
                    false, "pushgate", AttributeSelection.NONE, AttributeSelection.NONE))) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        for (int login = 0; login < LOGINS_EACH; login++) {
                          login(source, login % 2 == 0);
                        }
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }));
      }
      await().atMost(30, TimeUnit.SECONDS).until(() -> right.get() + wrong.get() > 1000);
      first.stop();
      assertThat(check(source, "right")).isInstanceOf(Answer.Unavailable.class);

      try (StandInServer back =
          StandInServer.on(first.address().getPort(), UpstreamRestartTest::check)) {
        await()
            .atMost(5, TimeUnit.SECONDS)
            .until(() -> check(source, "right") instanceof Answer.Right);
        for (Thread thread : threads) {
          assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
        }
        assertThat(back.requests()).isNotEmpty();
      }
      assertThat(right.get() + wrong.get() + unavailable.get()).isEqualTo(THREADS * LOGINS_EACH);
      assertThat(mistaken).hasValue(0);
    }
  }
}
