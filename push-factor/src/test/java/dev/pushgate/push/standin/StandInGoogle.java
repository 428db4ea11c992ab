package dev.pushgate.push.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Stands in for oauth2.googleapis.com and fcm.googleapis.com, over TLS, as Google's documents
 * describe them: an access token is given for an assertion that the service account has signed (RFC
 * 7523), and a message is taken with that access token only.
 */
public final class StandInGoogle implements AutoCloseable {
  public static final String PROJECT = "demo-vpn";
  public static final String ACCOUNT = "pushgate@demo-vpn.iam.gserviceaccount.com";
  public static final String KEY_ID = "0123456789abcdef0123456789abcdef01234567";
  public static final String TOKEN_HOST = "oauth2.googleapis.com";
  public static final String MESSAGING_HOST = "fcm.googleapis.com";

  private static final String TOKEN_URI = "https://oauth2.googleapis.com/token";
  private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The service account's: one for all, since making one takes long. */
  private static final KeyPair KEYS = rsaKeys();

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Answer> tokenAnswers = new ConcurrentLinkedDeque<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private volatile String accessToken = "";
  private volatile Function<JsonNode, Answer> messaging = _ -> accepted();

  /**
   * What is answered.
   *
   * @param headers header fields beside Content-Type
   */
  public record Answer(int status, String body, Map<String, String> headers) {
    public Answer(int status, String body) {
      this(status, body, Map.of());
    }

    /** The same with one more header field. */
    public Answer with(String name, String value) {
      return new Answer(status, body, Map.of(name, value));
    }
  }

  public StandInGoogle(StandInAuthority authority) throws IOException {
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(authority.identity(TOKEN_HOST, MESSAGING_HOST).tls()));
    server.setExecutor(threads);
    server.createContext("/token", exchange -> serve(exchange, this::token));
    server.createContext(
        "/v1/projects/" + PROJECT + "/messages:send", exchange -> serve(exchange, this::message));
    server.start();
  }

  /** Where it listens, under both names. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Makes a proxy lead Google's names here. */
  public void behind(StandInProxy proxy) {
    proxy.leads(TOKEN_HOST, 443, address()).leads(MESSAGING_HOST, 443, address());
  }

  /** The members of a service account file as the Firebase console writes it. */
  public ObjectNode serviceAccount() {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(KEYS.getPrivate().getEncoded());
    return JSON.createObjectNode()
        .put("type", "service_account")
        .put("project_id", PROJECT)
        .put("private_key_id", KEY_ID)
        .put(
            "private_key",
            "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n")
        .put("client_email", ACCOUNT)
        .put("client_id", "100000000000000000001")
        .put("auth_uri", "https://accounts.google.com/o/oauth2/auth")
        .put("token_uri", TOKEN_URI)
        .put("auth_provider_x509_cert_url", "https://www.googleapis.com/oauth2/v1/certs")
        .put("universe_domain", "googleapis.com");
  }

  /** Writes the service account file. */
  public Path writeServiceAccount(Path folder) throws IOException {
    return Files.writeString(folder.resolve("firebase.json"), serviceAccount().toString());
  }

  /** What the next request for an access token gets instead of one. */
  public void refusesToken(Answer answer) {
    tokenAnswers.add(answer);
  }

  /** What each message gets from now on; it is told the body. */
  public void answers(Function<JsonNode, Answer> answer) {
    messaging = answer;
  }

  /** The access token given last is not taken any more. */
  public void revokesAccessToken() {
    accessToken = "";
  }

  public static Answer accepted() {
    return new Answer(200, "{\"name\": \"projects/" + PROJECT + "/messages/0:1500415314455276\"}");
  }

  /** A refusal with FCM's own code, as its documents show it. */
  public static Answer error(int status, String code, String message, String fcmCode) {
    return error(
        status,
        code,
        message,
        JSON.createObjectNode()
            .put("@type", "type.googleapis.com/google.firebase.fcm.v1.FcmError")
            .put("errorCode", fcmCode));
  }

  /** A refusal with such a detail. */
  public static Answer error(int status, String code, String message, ObjectNode detail) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error")
        .put("code", status)
        .put("message", message)
        .put("status", code)
        .putArray("details")
        .add(detail);
    return new Answer(status, body.toString());
  }

  /** The detail that names the member of a message that is at fault. */
  public static ObjectNode badRequest(String field) {
    ObjectNode detail =
        JSON.createObjectNode().put("@type", "type.googleapis.com/google.rpc.BadRequest");
    detail.putArray("fieldViolations").addObject().put("field", field).put("description", "bad");
    return detail;
  }

  /** How many access tokens were given. */
  public int tokensGiven() {
    return tokens.get();
  }

  /** How many requests for messages came, with whatever access token. */
  public int requests() {
    return requests.get();
  }

  /** The bodies of messages that came with a good access token, in order. */
  public List<JsonNode> bodies() {
    return List.copyOf(bodies);
  }

  /** All that came, as it came: request lines, header fields, bodies. */
  public List<String> received() {
    return List.copyOf(heads);
  }

  private interface Handler {
    Answer answer(HttpExchange exchange, String body) throws Exception;
  }

  private void serve(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      heads.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + " "
              + exchange.getRequestHeaders()
              + " "
              + body);
      Answer answer = handled(exchange, body, handler);
      byte[] octets = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), octets.length == 0 ? -1 : octets.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(octets);
      }
    }
  }

  private static Answer handled(HttpExchange exchange, String body, Handler handler) {
    try {
      return handler.answer(exchange, body);
    } catch (Exception e) {
      return new Answer(400, "{\"error\": \"invalid_request\"}");
    }
  }

  private Answer token(HttpExchange exchange, String form) throws ParseException, JOSEException {
    Answer instead = tokenAnswers.poll();
    if (instead != null) {
      return instead;
    }
    String assertion = "";
    boolean isJwtBearer = false;
    for (String field : form.split("&", -1)) {
      String[] pair = URLDecoder.decode(field, StandardCharsets.UTF_8).split("=", 2);
      isJwtBearer |= pair[1].equals("urn:ietf:params:oauth:grant-type:jwt-bearer");
      assertion = pair[0].equals("assertion") ? pair[1] : assertion;
    }
    SignedJWT jwt = SignedJWT.parse(assertion);
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    boolean isGood =
        isJwtBearer
            && exchange.getRequestMethod().equals("POST")
            && jwt.verify(new RSASSAVerifier((RSAPublicKey) KEYS.getPublic()))
            && KEY_ID.equals(jwt.getHeader().getKeyID())
            && claims.getAudience().equals(List.of(TOKEN_URI))
            && ACCOUNT.equals(claims.getIssuer())
            && SCOPE.equals(claims.getStringClaim("scope"))
            && claims.getExpirationTime().toInstant().isAfter(Instant.now());
    if (!isGood) {
      return new Answer(400, "{\"error\": \"invalid_grant\"}");
    }
    accessToken = "ya29.stand-in-" + tokens.incrementAndGet();
    return new Answer(
        200,
        "{\"access_token\": \"%s\", \"expires_in\": 3599, \"token_type\": \"Bearer\"}"
            .formatted(accessToken));
  }

  private Answer message(HttpExchange exchange, String body) throws IOException {
    requests.incrementAndGet();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (accessToken.isEmpty() || !("Bearer " + accessToken).equals(authorization)) {
      return new Answer(
          401,
          """
          {"error": {"code": 401, "message": "Request had invalid authentication credentials.",
           "status": "UNAUTHENTICATED"}}""");
    }
    JsonNode message = JSON.readTree(body);
    bodies.add(message);
    return messaging.apply(message);
  }

  private static KeyPair rsaKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
