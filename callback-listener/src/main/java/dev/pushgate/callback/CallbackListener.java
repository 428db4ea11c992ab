package dev.pushgate.callback;

import dev.pushgate.callback.certificate.ServerCertificate;
import dev.pushgate.callback.limit.Asker;
import dev.pushgate.callback.limit.Connections;
import dev.pushgate.callback.limit.Limits;
import dev.pushgate.callback.limit.RequestsAtOnce;
import dev.pushgate.push.phone.PhoneRequests;
import dev.pushgate.push.privacyidea.PrivacyIdeaRequests;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.DoSHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTPS server that phones call: HTTP/1.1 and HTTP/2 over TLS 1.2 and 1.3 on one port.
 *
 * <p>Each request has a virtual thread of its own, so it may wait. Started and stopped once; {@link
 * #reloadCertificate} may be called by any thread in between.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Nothing listens on an address that the settings do not name. No answer tells the name or the
 * version of a library, or what went wrong inside. The listener does not guarantee who a phone is:
 * that the second factor finds out from what the phone signed.
 */
public final class CallbackListener {
  private static final Logger log = LoggerFactory.getLogger(CallbackListener.class);
  private static final int HEADER_OCTETS = 8192;
  private static final int HTTP2_STREAMS = 128;

  /** Phones that all come back at once, after a restart, must not be sent away by the kernel. */
  private static final int ACCEPT_QUEUE = 1024;

  private static final int SLOWEST_READER_OCTETS_PER_SECOND = 100;
  private static final Duration FAREWELL = Duration.ofMillis(800);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ListenerSettings settings;
  private final Waits waits = new Waits();
  private final SslContextFactory.Server tls = new SslContextFactory.Server();
  private final Connections connections;
  private final RequestsAtOnce requests;
  private final Server server;

  /**
   * @param phones take what phones say
   * @param clock tells phones the time
   * @param certificate to show until another one is loaded
   * @throws IllegalStateException when the web app is not on the class path
   */
  public CallbackListener(
      ListenerSettings settings,
      PhoneRequests phones,
      InstantSource clock,
      ServerCertificate certificate) {
    this(settings, phones, Optional.empty(), clock, certificate);
  }

  /**
   * @param phones take what phones say
   * @param privacyIdea takes what privacyIDEA Authenticator says, or empty where that app is not
   *     taken
   * @param clock tells phones the time
   * @param certificate to show until another one is loaded
   * @throws IllegalStateException when the web app is not on the class path
   */
  public CallbackListener(
      ListenerSettings settings,
      PhoneRequests phones,
      Optional<PrivacyIdeaRequests> privacyIdea,
      InstantSource clock,
      ServerCertificate certificate) {
    this(settings, phones, privacyIdea, clock, certificate, WebApp.shipped());
  }

  CallbackListener(
      ListenerSettings settings,
      PhoneRequests phones,
      InstantSource clock,
      ServerCertificate certificate,
      WebApp webApp) {
    this(settings, phones, Optional.empty(), clock, certificate, webApp);
  }

  private CallbackListener(
      ListenerSettings settings,
      PhoneRequests phones,
      Optional<PrivacyIdeaRequests> privacyIdea,
      InstantSource clock,
      ServerCertificate certificate,
      WebApp webApp) {
    this.settings = settings;
    this.connections = new Connections(settings.limits());
    this.server = new Server(threads());
    tls.setSslContext(certificate.sslContext());
    tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    tls.setRenegotiationAllowed(false);
    PhoneApi api = new PhoneApi(phones, settings.service(), settings.webPushKey(), clock, waits);
    this.requests =
        new RequestsAtOnce(
            new MinimumDataRateHandler(
                new CallbackHandler(
                    settings.pathPrefix(),
                    webApp,
                    api,
                    privacyIdea.map(PrivacyIdeaApi::new),
                    settings.limits().body()),
                0,
                SLOWEST_READER_OCTETS_PER_SECOND),
            settings.limits(),
            connections,
            CallbackListener::tooMany);
    server.setHandler(new GracefulHandler(notTooOften(requests, settings.limits())));
    server.setErrorHandler(CallbackHandler::refuse);
    server.setStopTimeout(FAREWELL.toMillis());
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("callback");
    return threads;
  }

  private static Handler notTooOften(Handler handler, Limits limits) {
    return new DoSHandler(
        handler,
        Asker::of,
        new DoSHandler.LeakingBucketTrackerFactory(
            limits.requestsPerSecond(), limits.burst(), null),
        CallbackListener::tooMany,
        -1);
  }

  private static boolean tooMany(Request request, Response response, Callback callback) {
    Refusals.tooMany(RETRY).send(response, callback);
    return true;
  }

  /**
   * Binds and begins to serve.
   *
   * @throws IOException when an address cannot be bound; nothing is bound then
   */
  public void start() throws IOException {
    List<@Nullable InetAddress> addresses = new ArrayList<>(settings.addresses());
    if (addresses.isEmpty()) {
      addresses.add(null);
    }
    int port = settings.port();
    for (@Nullable InetAddress address : addresses) {
      ServerConnector connector = connector(address, port);
      server.addConnector(connector);
      try {
        connector.open();
      } catch (IOException e) {
        stop();
        throw e;
      }
      port = connector.getLocalPort();
    }
    try {
      server.start();
    } catch (IOException e) {
      stop();
      throw e;
    } catch (Exception e) {
      stop();
      throw new IllegalStateException("the callback listener does not start", e);
    }
    closeQuiet();
  }

  private ServerConnector connector(@Nullable InetAddress address, int port) {
    HttpConfiguration http = new HttpConfiguration();
    // Phones may come by a name that only a proxy or the resolver knows, so none is held against
    // them.
    http.addCustomizer(new SecureRequestCustomizer(false));
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_OCTETS);
    HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
    http2.setMaxConcurrentStreams(HTTP2_STREAMS);
    http2.setConnectProtocolEnabled(false);
    HttpConnectionFactory http1 = new HttpConnectionFactory(http);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    ServerConnector connector =
        new ServerConnector(
            server, 1, -1, new SslConnectionFactory(tls, alpn.getProtocol()), alpn, http2, http1);
    if (address != null) {
      connector.setHost(address.getHostAddress());
    }
    connector.setPort(port);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.setIdleTimeout(settings.limits().quiet().toMillis());
    connector.setShutdownIdleTimeout(FAREWELL.toMillis() / 4);
    connector.addBean(connections);
    return connector;
  }

  private void closeQuiet() {
    if (!server.isRunning()) {
      return;
    }
    for (var connector : server.getConnectors()) {
      connections.closeQuiet(connector.getConnectedEndPoints());
    }
    long pause = Math.clamp(settings.limits().quiet().toMillis() / 4, 10, 5_000);
    server.getScheduler().schedule(this::closeQuiet, pause, TimeUnit.MILLISECONDS);
  }

  /** The port on which it listens, after the start. */
  public int port() {
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  /** Shows another certificate to connections from now on; those that are open stay open. */
  public void reloadCertificate(ServerCertificate certificate) {
    try {
      tls.reload(same -> same.setSslContext(certificate.sslContext()));
    } catch (Exception e) {
      throw new IllegalStateException("the certificate cannot be loaded", e);
    }
  }

  /** Ends all waits, lets answers leave that are on their way, and closes. Takes 2 s at most. */
  public void stop() {
    waits.end();
    try {
      requests.awaitNone(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      server.stop();
    } catch (TimeoutException e) {
      log.info("the callback listener has stopped before all phones had their answer");
    } catch (Exception e) {
      throw new IllegalStateException("the callback listener does not stop", e);
    }
  }
}
