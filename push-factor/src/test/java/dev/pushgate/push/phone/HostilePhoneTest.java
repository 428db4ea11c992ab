package dev.pushgate.push.phone;

import static dev.pushgate.push.TestServer.BASE;
import static dev.pushgate.push.TestServer.refusal;
import static dev.pushgate.push.TestServer.result;
import static dev.pushgate.push.TestServer.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.radius.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a hostile phone says about a challenge, the login waits on for the right one. */
class HostilePhoneTest {
  private final TestClock clock = new TestClock();
  private final TestServer server;
  private final TestPhone alice;
  private final TestPhone mallory;
  private final FutureTask<Outcome> login;
  private final Question question;

  HostilePhoneTest(@TempDir Path folder) throws InterruptedException {
    server = new TestServer(folder, clock);
    alice = server.enrolled("alice");
    mallory = server.enrolled("mallory");
    login = server.waiting("alice");
    question = server.question(alice);
  }

  /** What the attacker has: two phones, and all that alice's phone was told. */
  record Scene(TestPhone alice, TestPhone mallory, Question question, TestClock clock) {
    String payload() {
      return payload(BASE, alice.now());
    }

    String payload(String audience, long iat) {
      return ("{\"aud\":\"%s\",\"iat\":%d,\"challenge\":\"%s\",\"nonce\":\"%s\","
              + "\"verdict\":\"approve\"}")
          .formatted(audience, iat, question.id(), question.nonce());
    }

    String header() {
      return alice.header("pushgate-verdict+jwt");
    }

    String at(long iat) {
      return alice.sign(header(), payload(BASE, iat));
    }
  }

  /** Makes what the attacker sends. */
  interface Forgery {
    String of(Scene scene);
  }

  private static Arguments signature(String what, Forgery forgery) {
    return arguments(what, forgery, Refusal.Signature.class);
  }

  private static Arguments malformed(String what, Forgery forgery) {
    return arguments(what, forgery, Refusal.Malformed.class);
  }

  private static Arguments unknown(String what, Forgery forgery) {
    return arguments(what, forgery, Refusal.Unknown.class);
  }

  static Stream<Arguments> forgeries() {
    return Stream.of(
        unknown("own device", s -> s.mallory().verdict(s.question(), "approve")),
        signature("other device's name", s -> s.mallory().sign(s.header(), s.payload())),
        signature(
            "device that never was",
            s ->
                s.alice()
                    .sign(s.header().replace(s.alice().device(), "B".repeat(22)), s.payload())),
        signature(
            "signature of another message",
            s ->
                graft(
                    s.alice().verdict(s.question(), "deny"),
                    s.alice().sign(s.header(), s.payload()))),
        signature(
            "denial turned into approval",
            s -> withPayload(s.alice().verdict(s.question(), "deny"), s.payload())),
        signature("61 s old", s -> s.at(s.alice().now() - 61)),
        signature("61 s early", s -> s.at(s.alice().now() + 61)),
        signature("smallest iat", s -> s.at(Long.MIN_VALUE)),
        signature("largest iat", s -> s.at(Long.MAX_VALUE)),
        signature("iat that overflows", s -> s.at(s.alice().now() - Long.MIN_VALUE)),
        signature("iat in milliseconds", s -> s.at(s.alice().now() * 1000)),
        signature("other server", s -> signedFor(s, "https://evil.example.test")),
        signature("aud with a slash", s -> signedFor(s, BASE + "/")),
        signature("aud in upper case", s -> signedFor(s, "HTTPS://vpn.example.test:4433")),
        signature("empty aud", s -> signedFor(s, "")),
        unknown("nonce of another", s -> changed(s, s.question().nonce(), "A".repeat(22))),
        unknown("empty nonce", s -> changed(s, s.question().nonce(), "")),
        malformed("other challenge inside", s -> changed(s, s.question().id(), "C".repeat(22))),
        malformed("no nonce", s -> changed(s, "nonce", "n")),
        malformed("no challenge", s -> changed(s, "\"challenge\"", "\"c\"")),
        malformed("no verdict", s -> changed(s, "\"verdict\"", "\"v\"")),
        malformed("no aud", s -> changed(s, "\"aud\"", "\"a\"")),
        malformed("no iat", s -> changed(s, "\"iat\"", "\"i\"")),
        malformed("verdict in upper case", s -> changed(s, "approve", "APPROVE")),
        malformed("verdict in other words", s -> changed(s, "approve", "approved")),
        malformed(
            "iat a string", s -> changed(s, "" + s.alice().now(), "\"" + s.alice().now() + "\"")),
        malformed("iat a fraction", s -> changed(s, "" + s.alice().now(), s.alice().now() + ".0")),
        malformed("aud a list", s -> changed(s, "\"" + BASE + "\"", "[\"" + BASE + "\"]")),
        malformed("two verdicts", s -> changed(s, "}", ",\"verdict\":\"deny\"}")),
        malformed("match a number", s -> changed(s, "}", ",\"match\":42}")),
        malformed("match of letters", s -> changed(s, "}", ",\"match\":\"abc\"}")),
        malformed("match of foreign digits", s -> changed(s, "}", ",\"match\":\"٤٢\"}")),
        malformed("alg none", s -> header(s, "ES256", "none")),
        malformed("alg HS256", s -> header(s, "ES256", "HS256")),
        malformed("own key brought along", s -> broughtAlong(s)),
        malformed("crit", s -> header(s, "}", ",\"crit\":[\"b64\"],\"b64\":false}")),
        malformed("jku", s -> header(s, "}", ",\"jku\":\"https://evil.example.test\"}")),
        malformed("x5u", s -> header(s, "}", ",\"x5u\":\"https://evil.example.test\"}")),
        malformed("x5c", s -> header(s, "}", ",\"x5c\":[]}")),
        malformed("two kid", s -> header(s, "}", ",\"kid\":\"" + s.mallory().device() + "\"}")),
        malformed("bearer as verdict", s -> s.alice().bearer("POST", "/v1/challenges")),
        malformed("enrolment as verdict", s -> s.alice().enrolment("CODE", "a")),
        malformed("garbage behind it", s -> s.alice().verdict(s.question(), "approve") + "."),
        malformed("more than 8 KiB", s -> s.alice().verdict(s.question(), "approve", huge())),
        malformed("nothing", _ -> ""),
        malformed("not a JWS", _ -> "approve"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void forgery_isRefusedAndTheLoginIsUntouched(
      String what, Forgery forgery, Class<? extends Refusal> expected) throws Exception {
    Scene scene = new Scene(alice, mallory, question, clock);
    Refusal refusal = refusal(server.phones.settle(question.id(), forgery.of(scene)));
    assertThat(refusal).as(what).isInstanceOf(expected);
    assertThat(refusal.toString()).doesNotContain(question.id(), question.nonce(), "evil");
    assertThat(server.questions(alice)).containsExactly(question);
    assertThat(login.isDone()).isFalse();
    assertThat(taken(server.phones.settle(question.id(), alice.verdict(question, "approve"))))
        .isEqualTo(Settlement.State.APPROVED);
    assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
  }

  @Test
  void verdictWithAnyBitChanged_isRefused() throws Exception {
    String sound = alice.verdict(question, "approve");
    for (int i = 0; i < sound.length(); i++) {
      for (int bit = 0; bit < 7; bit++) {
        StringBuilder changed = new StringBuilder(sound);
        changed.setCharAt(i, (char) (sound.charAt(i) ^ 1 << bit));
        assertThat(server.phones.settle(question.id(), changed.toString()))
            .isInstanceOf(PhoneAnswer.Refused.class);
      }
    }
    assertThat(login.isDone()).isFalse();
    assertThat(taken(server.phones.settle(question.id(), sound)))
        .isEqualTo(Settlement.State.APPROVED);
  }

  @Test
  void verdictOfADeviceRemovedMeanwhile_isRefused() throws Exception {
    String approval = alice.verdict(question, "approve");
    server.devices.remove(alice.device());
    assertThat(refusal(server.phones.settle(question.id(), approval)))
        .isEqualTo(new Refusal.Signature());
    assertThat(login.isDone()).isFalse();
  }

  @Test
  void verdictOfADeviceEnrolledMeanwhile_isRefused() throws Exception {
    TestPhone late = server.enrolled("alice");
    assertThat(server.questions(late)).isEmpty();
    assertThat(refusal(server.phones.settle(question.id(), late.verdict(question, "approve"))))
        .isEqualTo(new Refusal.Unknown());
    assertThat(login.isDone()).isFalse();
  }

  @Test
  void verdictReplayedOnTheNextLogin_isRefused() throws Exception {
    String approval = alice.verdict(question, "approve");
    taken(server.phones.settle(question.id(), approval));
    result(login);
    FutureTask<Outcome> next = server.waiting("alice");
    Question fresh = server.question(alice);
    assertThat(refusal(server.phones.settle(fresh.id(), approval)))
        .isInstanceOf(Refusal.Malformed.class);
    assertThat(next.isDone()).isFalse();
  }

  @Test
  void questionOfAnother_isUnknown() throws Exception {
    String path = "/v1/challenges/" + question.id();
    assertThat(refusal(server.phones.challenge(mallory.bearer("GET", path), path, question.id())))
        .isEqualTo(new Refusal.Unknown());
    assertThat(server.questions(mallory)).isEmpty();
  }

  static Stream<Arguments> bearers() {
    String path = "/v1/challenges";
    return Stream.of(
        signature("other method", s -> s.alice().bearer("DELETE", path)),
        signature("method in lower case", s -> s.alice().bearer("get", path)),
        signature("other path", s -> s.alice().bearer("GET", path + "/")),
        signature("path with query", s -> s.alice().bearer("GET", path + "?wait=0")),
        signature("whole URL", s -> s.alice().bearer("GET", BASE + path)),
        malformed("verdict as bearer", s -> s.alice().verdict(s.question(), "approve")),
        malformed("no htm", s -> bearer(s, "{\"aud\":\"a\",\"iat\":1,\"htu\":\"" + path + "\"}")),
        malformed("no htu", s -> bearer(s, "{\"aud\":\"a\",\"iat\":1,\"htm\":\"GET\"}")),
        signature(
            "other device's name",
            s ->
                s.mallory()
                    .sign(
                        s.alice().header("pushgate-device+jwt"),
                        "{\"aud\":\"%s\",\"iat\":%d,\"htm\":\"GET\",\"htu\":\"%s\"}"
                            .formatted(BASE, s.alice().now(), path))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bearers")
  void forgedBearer_learnsNothing(String what, Forgery forgery, Class<? extends Refusal> expected)
      throws Exception {
    Scene scene = new Scene(alice, mallory, question, clock);
    assertThat(
            refusal(server.phones.challenges(forgery.of(scene), "/v1/challenges", Duration.ZERO)))
        .as(what)
        .isInstanceOf(expected);
  }

  @BeforeEach
  void loginWaits() {
    assertThat(login.isDone()).isFalse();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static String signedFor(Scene scene, String audience) {
    return scene.alice().sign(scene.header(), scene.payload(audience, scene.alice().now()));
  }

  private static String changed(Scene scene, String from, String to) {
    return scene.alice().sign(scene.header(), scene.payload().replace(from, to));
  }

  private static String header(Scene scene, String from, String to) {
    return scene.alice().sign(scene.header().replace(from, to), scene.payload());
  }

  private static String bearer(Scene scene, String payload) {
    return scene.alice().sign(scene.alice().header("pushgate-device+jwt"), payload);
  }

  private static String broughtAlong(Scene scene) {
    String header = scene.header().replace("}", ",\"jwk\":" + scene.mallory().key().jwk() + "}");
    return scene.mallory().sign(header, scene.payload());
  }

  private static String graft(String signatureOf, String onto) {
    return onto.substring(0, onto.lastIndexOf('.'))
        + signatureOf.substring(signatureOf.lastIndexOf('.'));
  }

  private static String withPayload(String jws, String payload) {
    return jws.substring(0, jws.indexOf('.') + 1)
        + TestPhone.part(payload)
        + jws.substring(jws.lastIndexOf('.'));
  }

  private static String huge() {
    return ",\"more\":\"" + "m".repeat(8192) + "\"";
  }
}
