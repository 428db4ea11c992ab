package dev.pushgate.callback.phone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.challenge.Verdict;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.device.PushAddressJson;
import dev.pushgate.push.phone.Question;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A phone: says what docs/phone-api.md lets a phone say, by the key that it was enrolled with.
 *
 * <p>Costs next to nothing at rest, so thousands of them may share one {@link HttpClient}. Safe for
 * use by many threads; the methods block, and throw an {@link IOException} when the server cannot
 * be reached or its certificate is not trusted.
 */
public final class Phone {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Account account;
  private final ServerLine line;

  private Phone(Account account, ServerLine line) {
    this.account = account;
    this.line = line;
  }

  /**
   * Makes a key, enrols it and keeps the account.
   *
   * @param http decides which servers are trusted, see {@link Trust}
   * @param url as {@code pushgate enroll} printed it
   * @param name what the user calls this device
   * @param file to keep the account in; its folder exists
   * @throws IllegalArgumentException when it is no enrolment URL
   */
  public static Reply<Phone> enrol(
      HttpClient http, URI url, String name, Path file, InstantSource clock)
      throws IOException, InterruptedException {
    return enrol(http, url, name, null, file, clock);
  }

  /**
   * Makes a key, enrols it and keeps the account.
   *
   * @param http decides which servers are trusted, see {@link Trust}
   * @param url as {@code pushgate enroll} printed it, or a login showed it
   * @param name what the user calls this device
   * @param password of the user, where the link asks for it (refused with {@code password-needed}
   *     otherwise); else null
   * @param file to keep the account in; its folder exists
   * @throws IllegalArgumentException when it is no enrolment URL
   */
  public static Reply<Phone> enrol(
      HttpClient http,
      URI url,
      String name,
      @Nullable String password,
      Path file,
      InstantSource clock)
      throws IOException, InterruptedException {
    EnrolmentLink link = EnrolmentLink.of(url);
    ServerLine line = new ServerLine(http, link.base(), clock);
    ECKey key = newKey();
    JWSHeader header = header("enroll").jwk(key.toPublicJWK()).build();
    Reply<Account> reply =
        line.ask(
            time -> {
              Map<String, Object> payload = payload(link.base(), time);
              payload.put("code", link.code());
              payload.put("name", name);
              if (password != null) {
                payload.put("password", password);
              }
              payload.put("push", Map.of("via", "poll"));
              return signedBody(line.request("/v1/devices"), "POST", sign(key, header, payload));
            },
            enrolled ->
                new Account(
                    link.base(),
                    enrolled.path("device").asText(),
                    enrolled.path("user").asText(),
                    enrolled.path("service").asText(),
                    enrolled.path("name").asText(),
                    key));
    return switch (reply) {
      case Reply.Done<Account>(Account account) -> {
        account.write(file);
        yield new Reply.Done<>(new Phone(account, line));
      }
      case Reply.Refused<Account>(int status, String code, String state, Duration retryAfter) ->
          new Reply.Refused<>(status, code, state, retryAfter);
    };
  }

  /**
   * The phone whose account is in a file.
   *
   * @throws IOException when the file cannot be read or is not an account
   */
  public static Phone load(HttpClient http, Path file, InstantSource clock) throws IOException {
    return of(http, Account.read(file), clock);
  }

  /** The phone with that account. */
  public static Phone of(HttpClient http, Account account, InstantSource clock) {
    return new Phone(account, new ServerLine(http, account.base(), clock));
  }

  /** What this phone keeps. */
  public Account account() {
    return account;
  }

  /**
   * The open challenges.
   *
   * @param wait for one when none is open, in whole seconds, 0 to 55 s
   */
  public Reply<List<Question>> challenges(Duration wait) throws IOException, InterruptedException {
    String path = "/v1/challenges";
    return line.ask(
        time -> line.waitingRequest(path, wait).header("Authorization", bearer("GET", path, time)),
        body -> body.path("challenges").valueStream().map(QuestionReader::read).toList());
  }

  /** One challenge by its identifier, as a push message brings it. */
  public Reply<Question> challenge(String id) throws IOException, InterruptedException {
    String path = "/v1/challenges/" + id;
    return line.ask(
        time -> line.request(path).header("Authorization", bearer("GET", path, time)),
        QuestionReader::read);
  }

  /**
   * Approves.
   *
   * @param match what the VPN prompt shows, where the question asks for digits or has options; else
   *     null
   */
  public Reply<Settlement.State> approve(Question question, @Nullable String match)
      throws IOException, InterruptedException {
    return settle(question, Verdict.APPROVE, match);
  }

  /** Denies. */
  public Reply<Settlement.State> deny(Question question) throws IOException, InterruptedException {
    return settle(question, Verdict.DENY, null);
  }

  /** Denies, and says that it was not this user. */
  public Reply<Settlement.State> report(Question question)
      throws IOException, InterruptedException {
    return settle(question, Verdict.REPORT, null);
  }

  private Reply<Settlement.State> settle(Question question, Verdict verdict, @Nullable String match)
      throws IOException, InterruptedException {
    JWSHeader header = header("verdict").keyID(account.device()).build();
    return line.ask(
        time -> {
          Map<String, Object> payload = payload(account.base(), time);
          payload.put("challenge", question.id());
          payload.put("nonce", question.nonce());
          payload.put("verdict", verdict.word());
          if (match != null) {
            payload.put("match", match);
          }
          return signedBody(
              line.request("/v1/challenges/" + question.id() + "/verdict"),
              "POST",
              sign(account.key(), header, payload));
        },
        body -> Settlement.State.valueOf(body.path("state").asText().toUpperCase(Locale.ROOT)));
  }

  /** Tells the server where notifications go from now on; answers the device's identifier. */
  public Reply<String> changePush(PushAddress push) throws IOException, InterruptedException {
    JWSHeader header = header("push").keyID(account.device()).build();
    return line.ask(
        time -> {
          Map<String, Object> payload = payload(account.base(), time);
          payload.put("push", JSON.convertValue(PushAddressJson.members(push), Map.class));
          return signedBody(
              line.request("/v1/devices/" + account.device() + "/push"),
              "PUT",
              sign(account.key(), header, payload));
        },
        body -> body.path("device").asText());
  }

  /** Has the server forget this device; answers the device's identifier. The file stays. */
  public Reply<String> remove() throws IOException, InterruptedException {
    String path = "/v1/devices/" + account.device();
    return line.ask(
        time -> line.request(path).DELETE().header("Authorization", bearer("DELETE", path, time)),
        nothing -> account.device());
  }

  private String bearer(String method, String path, Instant time) {
    Map<String, Object> payload = payload(account.base(), time);
    payload.put("htm", method);
    payload.put("htu", path);
    return "Bearer "
        + sign(account.key(), header("device").keyID(account.device()).build(), payload);
  }

  private static JWSHeader.Builder header(String type) {
    return new JWSHeader.Builder(JWSAlgorithm.ES256)
        .type(new JOSEObjectType("pushgate-" + type + "+jwt"));
  }

  private static Map<String, Object> payload(String base, Instant time) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("aud", base);
    payload.put("iat", time.getEpochSecond());
    return payload;
  }

  private static HttpRequest.Builder signedBody(
      HttpRequest.Builder request, String method, String jws) {
    return request
        .method(method, BodyPublishers.ofString(jws))
        .header("Content-Type", "application/jose");
  }

  private static String sign(ECKey key, JWSHeader header, Map<String, Object> payload) {
    try {
      JWSObject jws = new JWSObject(header, new Payload(payload));
      jws.sign(new ECDSASigner(key));
      return jws.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java cannot sign with P-256", e);
    }
  }

  private static ECKey newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      return new ECKey.Builder(Curve.P_256, (ECPublicKey) keys.getPublic())
          .privateKey(keys.getPrivate())
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no P-256 keys", e);
    }
  }
}
