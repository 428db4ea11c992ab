package dev.pushgate.push.standin;

import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.PushNotificationHandler;
import com.eatthepath.pushy.apns.server.PushNotificationHandlerFactory;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for Apple's push service: Pushy's mock server, over TLS and HTTP/2, that keeps what it
 * gets.
 */
public final class StandInApns implements AutoCloseable {
  public static final String PRODUCTION = "api.push.apple.com";
  public static final String SANDBOX = "api.sandbox.push.apple.com";
  private static final int HTTPS = 443;
  private static final int START_SECONDS = 10;

  private final MockApnsServer server;
  private final InetSocketAddress address;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Queue<Arrival> all = new ConcurrentLinkedQueue<>();
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  /**
   * A request as it came.
   *
   * @param headers with the pseudo-headers of HTTP/2, by name
   */
  public record Arrival(Map<String, String> headers, String payload) {}

  /**
   * A connection that was made.
   *
   * @param client the subject of the certificate that was shown, or null for none
   */
  public record Connection(@Nullable String client) {}

  /** A service that takes whatever comes. */
  public StandInApns(StandInAuthority authority) throws Exception {
    this(authority, (_, _) -> {});
  }

  /**
   * @param rules what is rejected, once it has been kept
   */
  public StandInApns(StandInAuthority authority, PushNotificationHandler rules) throws Exception {
    this(authority, _ -> rules);
  }

  public StandInApns(StandInAuthority authority, PushNotificationHandlerFactory rules)
      throws Exception {
    this(authority, authority.identity(PRODUCTION, SANDBOX), rules);
  }

  /** A service that shows this certificate, whatever its name. */
  public StandInApns(StandInAuthority authority, StandInAuthority.Identity identity)
      throws Exception {
    this(authority, identity, _ -> (_, _) -> {});
  }

  private StandInApns(
      StandInAuthority authority,
      StandInAuthority.Identity identity,
      PushNotificationHandlerFactory rules)
      throws Exception {
    this.server = server(authority, identity, rules);
    int port = server.start(0).get(START_SECONDS, TimeUnit.SECONDS);
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private MockApnsServer server(
      StandInAuthority authority,
      StandInAuthority.Identity identity,
      PushNotificationHandlerFactory rules)
      throws SSLException {
    return new MockApnsServerBuilder()
        .setServerCredentials(
            identity.chain().toArray(X509Certificate[]::new), identity.keys().getPrivate(), null)
        .setTrustedServerCertificateChain(authority.certificate())
        .setHandlerFactory(
            session -> {
              connections.add(new Connection(client(session)));
              PushNotificationHandler rule = rules.buildHandler(session);
              return (headers, payload) -> {
                Arrival arrival = arrival(headers, payload);
                all.add(arrival);
                arrivals.add(arrival);
                rule.handlePushNotification(headers, payload);
              };
            })
        .build();
  }

  private static @Nullable String client(SSLSession session) {
    try {
      return session.getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  private static Arrival arrival(Http2Headers headers, ByteBuf payload) {
    Map<String, String> byName = new TreeMap<>();
    headers.forEach(header -> byName.put(header.getKey().toString(), header.getValue().toString()));
    return new Arrival(byName, payload.toString(StandardCharsets.UTF_8));
  }

  /** Leads both names of Apple's service here. */
  public StandInApns behind(StandInProxy proxy) {
    proxy.leads(PRODUCTION, HTTPS, address).leads(SANDBOX, HTTPS, address);
    return this;
  }

  /** The next request that came, as soon as there is one. */
  public Arrival next() throws InterruptedException {
    Arrival arrival = arrivals.poll(START_SECONDS, TimeUnit.SECONDS);
    if (arrival == null) {
      throw new AssertionError("nothing came");
    }
    return arrival;
  }

  /** All requests that have come, in order. */
  public List<Arrival> all() {
    return List.copyOf(all);
  }

  /** How many requests have come that {@link #next} has not told. */
  public int untold() {
    return arrivals.size();
  }

  /** The connections that were made, in order. */
  public List<Connection> connections() {
    return List.copyOf(connections);
  }

  @Override
  public void close() {
    var _ = server.shutdown();
  }
}
