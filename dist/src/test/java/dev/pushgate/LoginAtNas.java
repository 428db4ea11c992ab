package dev.pushgate;

import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.nas.NasAnswer;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.SignedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A login that waits at a NAS of its own for the answer of a real server.
 *
 * @param answer what comes back over UDP
 */
record LoginAtNas(CompletableFuture<NasAnswer> answer) {
  private static final Duration SEND_AGAIN_EVERY = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(70);

  /**
   * Sends an Access-Request with the right password.
   *
   * @param from the Calling-Station-Id; at most 253 octets of UTF-8
   */
  static LoginAtNas start(RunningPushgate pushgate, String user, String from) {
    CompletableFuture<NasAnswer> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> answer.completeAsync(() -> ask(pushgate, user, from), Runnable::run));
    return new LoginAtNas(answer);
  }

  /** Waits for the answer. */
  boolean isAccepted() throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).isAccept();
  }

  private static NasAnswer ask(RunningPushgate pushgate, String user, String from) {
    try (Nas nas = pushgate.nas()) {
      SignedRequest request =
          nas.request(user, RunningPushgate.PASSWORD.getBytes(StandardCharsets.UTF_8))
              .add(AttributeType.CALLING_STATION_ID, from.getBytes(StandardCharsets.UTF_8));
      return nas.ask(request, SEND_AGAIN_EVERY, PATIENCE, Nas.Progress.NONE).orElseThrow();
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }
}
