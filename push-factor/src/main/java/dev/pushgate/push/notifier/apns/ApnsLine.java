package dev.pushgate.push.notifier.apns;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.ApnsClientMetricsListener;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.proxy.HttpProxyHandlerFactory;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.pushgate.push.notifier.Uplink;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/** One client of Pushy with its connection, and what is heard on it. */
final class ApnsLine {
  private static final Duration PING_WHEN_IDLE = Duration.ofMinutes(1);
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(4);
  private static final Duration ANSWERS_AT_CLOSE = Duration.ofMillis(500);

  private final ApnsClient client;
  private final AtomicLong heard = new AtomicLong();

  /**
   * @param dead told when no connection could be made
   * @throws IOException when the proxy's name is not known
   */
  ApnsLine(ApnsSettings settings, Uplink uplink, EventLoopGroup threads, Consumer<ApnsLine> dead)
      throws IOException {
    ApnsClientBuilder builder =
        new ApnsClientBuilder()
            .setApnsServer(settings.environment().host())
            .setEventLoopGroup(threads)
            .setConcurrentConnections(1)
            .setConnectionTimeout(CONNECT_WITHIN)
            .setIdlePingInterval(PING_WHEN_IDLE)
            .setGracefulShutdownTimeout(ANSWERS_AT_CLOSE)
            .setMetricsListener(new Listener(dead));
    switch (settings.credentials()) {
      case ApnsCredentials.TokenKey(var key) -> builder.setSigningKey(key);
      case ApnsCredentials.Certificate(var certificate, var key) ->
          builder.setClientCredentials(certificate, key, null);
    }
    if (!uplink.authorities().isEmpty()) {
      builder.setTrustedServerCertificateChain(uplink.trusted().toArray(X509Certificate[]::new));
    }
    Optional<InetSocketAddress> proxy = uplink.resolvedProxy();
    if (proxy.isPresent()) {
      if (proxy.get().isUnresolved()) {
        throw new IOException("the name of the proxy is not known");
      }
      builder.setProxyHandlerFactory(new HttpProxyHandlerFactory(proxy.get()));
    }
    try {
      this.client = builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException("credentials that were checked do not do for TLS", e);
    }
  }

  /** How many times something has been heard of Apple so far. */
  long heard() {
    return heard.get();
  }

  CompletableFuture<PushNotificationResponse<SimpleApnsPushNotification>> send(
      SimpleApnsPushNotification notification) {
    try {
      return client.sendNotification(notification);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Opens the connection if it is not, and says nothing on it. */
  void open() {
    try {
      var _ = client.sendNotification(new Unsendable());
    } catch (RejectedExecutionException e) {
      // It stops just now.
    }
  }

  /** Lets answers that are on their way arrive for half a second. */
  CompletableFuture<Void> close() {
    return client.close();
  }

  /** Pushy connects when there is something to send, and asks for it once it is connected. */
  private static final class Unsendable extends SimpleApnsPushNotification {
    Unsendable() {
      super("", "", "", Instant.EPOCH);
    }

    @Override
    public String getToken() {
      throw new IllegalStateException("nothing is to be sent");
    }
  }

  private final class Listener implements ApnsClientMetricsListener {
    private final Consumer<ApnsLine> dead;

    Listener(Consumer<ApnsLine> dead) {
      this.dead = dead;
    }

    @Override
    public void handleConnectionCreationFailed(ApnsClient by) {
      dead.accept(ApnsLine.this);
    }

    @Override
    public void handleConnectionAdded(ApnsClient by) {
      var _ = heard.incrementAndGet();
    }

    @Override
    public void handleNotificationAccepted(ApnsClient by, long notification) {
      var _ = heard.incrementAndGet();
    }

    @Override
    public void handleNotificationRejected(ApnsClient by, long notification) {
      var _ = heard.incrementAndGet();
    }

    @Override
    public void handleWriteFailure(ApnsClient by, long notification) {}

    @Override
    public void handleNotificationSent(ApnsClient by, long notification) {}

    @Override
    public void handleConnectionRemoved(ApnsClient by) {}
  }
}
