package dev.pushgate.push.alarm;

import dev.pushgate.push.notifier.Uplink;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alarms by POST to an address of the administrator's, one after the other.
 *
 * <p>Some such addresses are secrets by themselves, so nothing of it gets into a text. {@link
 * #tell} never blocks; past {@value #MOST_WAITING} that wait, alarms are dropped.
 */
final class Webhook implements AutoCloseable {
  static final int MOST_WAITING = 100;
  private static final int TRIES = 4;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int TOO_MANY = 429;
  private static final int REQUEST_TIMEOUT = 408;

  private static final Logger log = LoggerFactory.getLogger(Webhook.class);

  private final URI address;
  private final Duration firstPause;
  private final Duration limit;
  private final HttpClient client;
  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread;

  /** What came of a try. */
  private sealed interface Try {
    /** It is told. */
    record Taken() implements Try {}

    /** Another try is of no use. */
    record Refused(String reason) implements Try {}

    /** Another try may be of use. */
    record Failed(String reason) implements Try {}
  }

  /**
   * @param address https
   */
  Webhook(URI address, Uplink uplink) {
    this(address, uplink, FIRST_PAUSE, LIMIT);
  }

  /**
   * @param firstPause before the second try; each further one waits four times as long
   * @param limit how long one try may take
   */
  Webhook(URI address, Uplink uplink, Duration firstPause, Duration limit) {
    if (!"https".equalsIgnoreCase(address.getScheme())) {
      throw new IllegalArgumentException("a webhook is an https address");
    }
    this.address = address;
    this.firstPause = firstPause;
    this.limit = limit;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(limit)
            .sslContext(uplink.tls())
            // None must be said, or the system properties of Java would choose one.
            .proxy(uplink.proxy().map(ProxySelector::of).orElse(HttpClient.Builder.NO_PROXY))
            .build();
    this.thread = Thread.ofVirtual().name("alarm-webhook").start(this::work);
  }

  void tell(byte[] json) {
    if (!waiting.offer(json)) {
      log.warn("an alarm was not sent to the webhook: {} wait already", MOST_WAITING);
    }
  }

  private void work() {
    try {
      while (true) {
        send(waiting.take());
      }
    } catch (InterruptedException e) {
      // The server stops.
      Thread.currentThread().interrupt();
    }
  }

  private void send(byte[] json) throws InterruptedException {
    Duration pause = firstPause;
    for (int tries = 1; ; tries++) {
      switch (tryOnce(json)) {
        case Try.Taken() -> {
          return;
        }
        case Try.Refused(String reason) -> {
          log.warn("an alarm was not taken by the webhook: {}", reason);
          return;
        }
        case Try.Failed(String reason) -> {
          if (tries == TRIES) {
            log.warn("an alarm was not taken by the webhook in {} tries: {}", TRIES, reason);
            return;
          }
        }
      }
      Thread.sleep(pause);
      pause = pause.multipliedBy(4);
    }
  }

  private Try tryOnce(byte[] json) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(json))
            .build();
    CompletableFuture<Integer> status = new CompletableFuture<>();
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(
            request,
            head -> {
              // The body says nothing to us, and may have no end.
              status.complete(head.statusCode());
              return BodySubscribers.discarding();
            });
    var _ =
        exchange.whenComplete(
            (_, failure) -> {
              if (failure != null) {
                status.completeExceptionally(failure);
              }
            });
    try {
      return asTold(status.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Try.Failed("no answer in time");
    } catch (ExecutionException e) {
      return new Try.Failed(trouble(e.getCause()));
    } finally {
      exchange.cancel(true);
    }
  }

  private static Try asTold(int status) {
    String reason = "it answered with status " + status;
    return switch (status / 100) {
      case 2 -> new Try.Taken();
      case 4 ->
          status == TOO_MANY || status == REQUEST_TIMEOUT
              ? new Try.Failed(reason)
              : new Try.Refused(reason);
      case 5 -> new Try.Failed(reason);
      default -> new Try.Refused(reason);
    };
  }

  /** In our words: those of the library may show the address. */
  private static String trouble(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case SSLException _ -> "no TLS with it, or no certificate that is trusted";
      case HttpTimeoutException _ -> "no connection in time";
      case ConnectException _ -> "no connection";
      case IOException _ -> "the connection failed";
      case null, default -> "the request failed";
    };
  }

  @Override
  public void close() {
    thread.interrupt();
    client.shutdownNow();
  }
}
