package dev.pushgate.push.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * The push services of browsers, all in one, over TLS on loopback: takes what RFC 8030, 8291 and
 * 8292 allow and refuses the rest, as strictly as any of them; and the browsers behind them, which
 * open what comes. Through a {@link StandInProxy} it is found by its names in the world.
 */
public final class StandInPushService implements AutoCloseable {
  /** Names of push services that have certificates here. */
  public static final List<String> HOSTS =
      List.of(
          "fcm.googleapis.com",
          "updates.push.services.mozilla.com",
          "web.push.apple.com",
          "wns2-par02p.notify.windows.com");

  /** What browsers and services take for certain (RFC 8030 section 7.2). */
  private static final int MOST_OCTETS = 4096;

  private static final Duration LONGEST_TOKEN = Duration.ofHours(24);
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final Pattern TTL = Pattern.compile("[0-9]{1,9}");
  private static final Pattern VAPID =
      Pattern.compile("vapid t=([\\w-]+\\.[\\w-]+)\\.([\\w-]+), ?k=([\\w-]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Server server = new Server();
  private final ServerConnector connector;
  private final InstantSource clock;
  private final Map<String, BrowserSubscription> subscriptions = new ConcurrentHashMap<>();
  private final List<ReceivedPush> received = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Manner manner = new Manner.Proper();

  /** How requests are answered that have nothing wrong in them. */
  public sealed interface Manner {
    /** As a service that is well does. */
    record Proper() implements Manner {}

    /** With this status and these headers. */
    record Answering(int status, Map<String, String> headers) implements Manner {}

    /** Never. */
    record Silent() implements Manner {}

    /** With this status and a body that has no end. */
    record Trickling(int status) implements Manner {}

    /** With this status and a body of so many octets. */
    record Talking(int status, int octets) implements Manner {}

    /** By hanging up. */
    record Closing() implements Manner {}
  }

  /**
   * @param clock of the service, by which tokens live and expire
   * @param protocols {@code h2} and {@code http/1.1}, or one of them
   */
  public StandInPushService(StandInAuthority authority, InstantSource clock, String... protocols)
      throws IOException {
    this.clock = clock;
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(authority.identity(HOSTS.toArray(String[]::new)).tls());
    HttpConfiguration http = new HttpConfiguration();
    HttpConnectionFactory http1 = new HttpConnectionFactory(http);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory(protocols);
    alpn.setDefaultProtocol(http1.getProtocol());
    connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(tls, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(http),
            http1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            Thread.ofVirtual().start(() -> serve(request, response, callback));
            return true;
          }
        });
    try {
      server.start();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Both protocols. */
  public StandInPushService(StandInAuthority authority, InstantSource clock) throws IOException {
    this(authority, clock, "h2", "http/1.1");
  }

  /** Makes the proxy lead all its names here. */
  public StandInPushService behind(StandInProxy proxy) {
    for (String host : HOSTS) {
      proxy.leads(host, 443, address());
    }
    return this;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort());
  }

  /**
   * What a browser does when a page calls {@code pushManager.subscribe}.
   *
   * @param host one of {@link #HOSTS}
   * @param applicationServerKey the server's public VAPID key
   */
  public BrowserSubscription subscribe(String host, String applicationServerKey) {
    BrowserSubscription made =
        BrowserSubscription.make(host, "/wpush/v2/" + UUID.randomUUID(), applicationServerKey);
    subscriptions.put(made.path(), made);
    return made;
  }

  /** The browser's user has taken the permission away. */
  public void end(BrowserSubscription subscription) {
    subscriptions.remove(subscription.path());
  }

  /** How requests are answered from now on. */
  public void answers(Manner next) {
    manner = next;
  }

  /** All that was in order, in the order in which it came. */
  public List<ReceivedPush> received() {
    return List.copyOf(received);
  }

  /** What was wrong in requests, in words for the test that fails. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  /** How many requests came, right or wrong. */
  public int requests() {
    return requests.get();
  }

  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    RefusedException(int status, String fault) {
      super(fault);
      this.status = status;
    }
  }

  private void serve(Request request, Response response, Callback callback) {
    requests.incrementAndGet();
    try {
      received.add(read(request));
      answer(request, response, callback);
    } catch (RefusedException e) {
      faults.add(e.getMessage());
      response.setStatus(e.status);
      response.write(
          true, ByteBuffer.wrap("{\"errno\":1}".getBytes(StandardCharsets.UTF_8)), callback);
    } catch (IOException e) {
      callback.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    }
  }

  private ReceivedPush read(Request request) throws RefusedException, IOException {
    BrowserSubscription subscription = subscriptions.get(request.getHttpURI().getCanonicalPath());
    if (subscription == null) {
      throw new RefusedException(410, "no such subscription");
    }
    require(request.getMethod().equals("POST"), 405, "method " + request.getMethod());
    require(
        subscription.host().equals(request.getHttpURI().getHost()),
        404,
        "host " + request.getHttpURI().getHost());
    Map<String, String> headers = new HashMap<>();
    request
        .getHeaders()
        .forEach(
            field ->
                headers.merge(field.getLowerCaseName(), field.getValue(), (a, b) -> a + "," + b));
    JsonNode token = token(headers, subscription);
    require(matches(TTL, headers.get("ttl")), 400, "TTL");
    require(matches(TOPIC, headers.get("topic")), 400, "Topic");
    require(
        List.of("very-low", "low", "normal", "high").contains(headers.get("urgency")),
        400,
        "Urgency");
    require("aes128gcm".equals(headers.get("content-encoding")), 415, "Content-Encoding");
    byte[] body = Content.Source.asInputStream(request).readNBytes(1 << 20);
    require(body.length <= MOST_OCTETS, 413, "length " + body.length);
    return new ReceivedPush(
        subscription,
        Map.copyOf(headers),
        request.getConnectionMetaData().getProtocol(),
        body.length,
        opened(subscription, body),
        token);
  }

  private static String opened(BrowserSubscription subscription, byte[] body)
      throws RefusedException {
    try {
      return new String(subscription.open(body), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new RefusedException(400, "the browser cannot open it: " + e.getMessage());
    }
  }

  /** RFC 8292 sections 2, 3 and 4.2. */
  private JsonNode token(Map<String, String> headers, BrowserSubscription subscription)
      throws RefusedException, IOException {
    Matcher vapid = VAPID.matcher(headers.getOrDefault("authorization", ""));
    require(vapid.matches(), 401, "no VAPID token");
    String key = vapid.group(3);
    require(signed(vapid.group(1), vapid.group(2), key), 401, "signature of the VAPID token");
    String[] parts = vapid.group(1).split("\\.", -1);
    JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
    require(header.path("alg").asText().equals("ES256"), 401, "alg");
    require(header.path("typ").asText().equals("JWT"), 401, "typ");
    JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    require(
        claims.path("aud").asText().equals("https://" + subscription.host()),
        401,
        "aud " + claims.path("aud"));
    Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong());
    require(expires.isAfter(clock.instant()), 401, "expired");
    require(!expires.isAfter(clock.instant().plus(LONGEST_TOKEN)), 401, "lives too long");
    require(claims.path("sub").asText().matches("(mailto:|https://).+"), 401, "sub");
    require(key.equals(subscription.applicationServerKey()), 403, "another key has subscribed");
    return claims;
  }

  private static boolean signed(String text, String signature, String key) {
    try {
      Signature es256 = Signature.getInstance("SHA256withECDSAinP1363Format");
      es256.initVerify(SealedBody.publicKey(Base64.getUrlDecoder().decode(key)));
      es256.update(text.getBytes(StandardCharsets.US_ASCII));
      return es256.verify(Base64.getUrlDecoder().decode(signature));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean matches(Pattern pattern, @Nullable String text) {
    return text != null && pattern.matcher(text).matches();
  }

  private static void require(boolean holds, int status, String fault) throws RefusedException {
    if (!holds) {
      throw new RefusedException(status, fault);
    }
  }

  private void answer(Request request, Response response, Callback callback)
      throws InterruptedException {
    switch (manner) {
      case Manner.Proper() -> {
        response.setStatus(201);
        response
            .getHeaders()
            .put(
                "Location",
                "https://" + request.getHttpURI().getHost() + "/m/" + UUID.randomUUID());
        callback.succeeded();
      }
      case Manner.Answering(int status, Map<String, String> headers) -> {
        response.setStatus(status);
        headers.forEach(response.getHeaders()::put);
        callback.succeeded();
      }
      case Manner.Silent() -> {
        closed.await();
        callback.succeeded();
      }
      case Manner.Talking(int status, int octets) -> {
        response.setStatus(status);
        response.write(true, ByteBuffer.allocate(octets), callback);
      }
      case Manner.Trickling(int status) -> {
        response.setStatus(status);
        trickle(response, callback);
      }
      case Manner.Closing() ->
          request.getConnectionMetaData().getConnection().getEndPoint().close();
    }
  }

  private void trickle(Response response, Callback callback) throws InterruptedException {
    do {
      try {
        Content.Sink.write(response, false, ByteBuffer.allocate(1));
      } catch (IOException e) {
        callback.failed(e);
        return;
      }
    } while (!closed.await(100, TimeUnit.MILLISECONDS));
    callback.succeeded();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
