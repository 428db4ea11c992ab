package dev.pushgate.push.notifier.webpush;

import dev.pushgate.push.notifier.Uplink;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to push services, by HTTP/2 where the service has it, on connections that are kept. Each
 * ends in time, however slow the service is.
 */
final class PushServices implements AutoCloseable {
  private static final Duration LOOK_UP = Duration.ofSeconds(3);
  private static final Duration CONNECT = Duration.ofSeconds(4);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** Its body says nothing to us, but a short one is let by so that the connection can be kept. */
  private static final Duration BODY = Duration.ofMillis(500);

  private static final Duration FAREWELL = Duration.ofSeconds(1);

  /** A look-up is a native call, which would hold the carrier of a virtual thread. */
  private static final int LOOK_UPS_AT_ONCE = 4;

  private final HostLookup lookup;
  private final ExecutorService lookups =
      Executors.newFixedThreadPool(
          LOOK_UPS_AT_ONCE, Thread.ofPlatform().daemon().name("webpush-look-up-", 0).factory());
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webpush-", 0).factory());
  private final HttpClient client;

  PushServices(Uplink uplink, HostLookup lookup) {
    this.lookup = lookup;
    this.client =
        HttpClient.newBuilder()
            .version(Version.HTTP_2)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(CONNECT)
            .sslContext(uplink.tls())
            // None must be said, or the system properties of Java would choose one.
            .proxy(uplink.proxy().map(ProxySelector::of).orElse(HttpClient.Builder.NO_PROXY))
            .executor(threads)
            .build();
  }

  /**
   * @throws IOException when the name has no address, or nobody says so in time
   */
  InetAddress[] addresses(String host, TimeLimit limit) throws IOException, InterruptedException {
    Future<InetAddress[]> lookingUp;
    try {
      lookingUp = lookups.submit(() -> lookup.addresses(host));
    } catch (RejectedExecutionException e) {
      throw new IOException("the server stops");
    }
    try {
      return lookingUp.get(limit.left(LOOK_UP), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no address of " + host + " in time");
    } catch (ExecutionException | CancellationException e) {
      throw new IOException("no address of " + host + " is known");
    } finally {
      lookingUp.cancel(true);
    }
  }

  /**
   * Sends a request, and reads nothing of the answer but status and headers.
   *
   * @param host for texts
   * @throws IOException when there is no answer; the text has no more of the request in it than the
   *     host
   */
  ResponseInfo post(HttpRequest request, String host, TimeLimit limit)
      throws IOException, InterruptedException {
    CompletableFuture<ResponseInfo> answer = new CompletableFuture<>();
    CompletableFuture<HttpResponse<Boolean>> exchange =
        client.sendAsync(
            request,
            head -> {
              answer.complete(head);
              return new Drain();
            });
    var _ =
        exchange.whenComplete(
            (_, failure) -> {
              if (failure != null) {
                answer.completeExceptionally(failure);
              }
            });
    try {
      ResponseInfo head = answer.get(limit.left(ANSWER), TimeUnit.NANOSECONDS);
      letBy(exchange);
      return head;
    } catch (TimeoutException e) {
      throw new IOException("no answer of " + host + " in time");
    } catch (ExecutionException e) {
      throw new IOException(trouble(e.getCause(), host));
    } finally {
      exchange.cancel(true);
    }
  }

  private static void letBy(Future<HttpResponse<Boolean>> exchange) throws InterruptedException {
    try {
      var _ = exchange.get(BODY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException | CancellationException e) {
      // The status has said what there was to say.
    }
  }

  /** In our words: those of the library may show the request. */
  private static String trouble(@Nullable Throwable failure, String host) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case SSLException _ -> "no TLS with " + host + ", or no certificate that is trusted";
      case HttpTimeoutException _ -> "no connection to " + host + " in time";
      case ConnectException _ -> "no connection to " + host;
      case null -> "the connection to " + host + " failed";
      default -> "the connection to " + host + " failed: " + cause.getClass().getSimpleName();
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
    lookups.shutdownNow();
    try {
      var _ = client.awaitTermination(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      threads.shutdownNow();
    }
  }
}
