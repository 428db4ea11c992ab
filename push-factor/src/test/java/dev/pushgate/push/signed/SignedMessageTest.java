package dev.pushgate.push.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestPhone;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedMessageTest {
  private static final TestPhone PHONE = new TestPhone("https://vpn.example.test", new TestClock());
  private static final String HEADER = PHONE.header("pushgate-verdict+jwt");
  private static final String PAYLOAD = "{\"iat\":1}";
  private static final String ENROLMENT =
      "{\"alg\":\"ES256\",\"typ\":\"pushgate-enroll+jwt\",\"jwk\":" + PHONE.key().jwk() + "}";

  private static SignedMessage parse(String jws) throws MalformedException {
    return SignedMessage.parse(jws, MessageType.VERDICT);
  }

  @Test
  void messageOfTheRightForm_isTakenAndItsSignatureStands() throws Exception {
    SignedMessage message = parse(PHONE.sign(HEADER, PAYLOAD));
    assertThat(message.device()).isEqualTo(PHONE.device());
    assertThat(message.claims().integer("iat")).isEqualTo(1);
    assertThat(message.isSignedBy(PHONE.key())).isTrue();
    assertThat(message.toString()).doesNotContain(PHONE.sign(HEADER, PAYLOAD).substring(0, 20));
  }

  @Test
  void signatureOfAnotherKey_doesNotStand() throws Exception {
    TestPhone other = new TestPhone("https://vpn.example.test", new TestClock());
    assertThat(parse(PHONE.sign(HEADER, PAYLOAD)).isSignedBy(other.key())).isFalse();
  }

  /** No bit of a message can be changed: either its form breaks or its signature. */
  @Test
  void messageWithOneBitChanged_neverStands() {
    String jws = PHONE.sign(HEADER, PAYLOAD);
    byte[] octets = jws.getBytes(StandardCharsets.US_ASCII);
    for (int bit = 0; bit < octets.length * 8; bit++) {
      byte[] changed = octets.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(stands(new String(changed, StandardCharsets.ISO_8859_1)))
          .as("bit " + bit)
          .isFalse();
    }
    assertThat(stands(jws)).isTrue();
  }

  private static boolean stands(String jws) {
    try {
      return parse(jws).isSignedBy(PHONE.key());
    } catch (MalformedException e) {
      return false;
    }
  }

  /** CVE-2022-21449: a signature of zeros once stood for every key. */
  @ParameterizedTest
  @ValueSource(ints = {0, 255})
  void signatureOfEqualOctets_doesNotStand(int octet) throws Exception {
    byte[] signature = new byte[64];
    Arrays.fill(signature, (byte) octet);
    String jws =
        TestPhone.part(HEADER)
            + "."
            + TestPhone.part(PAYLOAD)
            + "."
            + StrictBase64.encode(signature);
    assertThat(parse(jws).isSignedBy(PHONE.key())).isFalse();
  }

  @Test
  void hmacWithThePublicKeyAsSecret_isRefusedForItsAlgorithm() throws Exception {
    String header = HEADER.replace("ES256", "HS256");
    String signed = TestPhone.part(header) + "." + TestPhone.part(PAYLOAD);
    Mac mac = Mac.getInstance("HmacSHA512");
    mac.init(new SecretKeySpec(PHONE.key().jwk().getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
    String jws =
        signed + "." + StrictBase64.encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    assertThatThrownBy(() -> parse(jws)).hasMessage("'alg' must be ES256");
  }

  static Stream<Arguments> malformed() {
    String sound = PHONE.sign(HEADER, PAYLOAD);
    String[] parts = sound.split("\\.", -1);
    return Stream.of(
        arguments("empty", "", "three parts"),
        arguments("two parts", parts[0] + "." + parts[1], "three parts"),
        arguments("four parts", sound + ".AAAA", "three parts"),
        arguments("JSON serialization", "{\"payload\":\"\"}", "three parts"),
        arguments("too large", "A".repeat(8193), "at most 8192"),
        arguments("too large, well formed", signed(HEADER, big()), "at most 8192"),
        arguments("no header", "." + parts[1] + "." + parts[2], "the header"),
        arguments("no payload", parts[0] + ".." + parts[2], "the payload"),
        arguments("no signature", parts[0] + "." + parts[1] + ".", "the signature"),
        arguments("padding", parts[0] + "." + parts[1] + "=." + parts[2], "the payload"),
        arguments("white space", " " + sound, "the header"),
        arguments("line break at the end", sound + "\n", "the signature"),
        arguments("base64 with +", sound.replace(parts[2], "+" + parts[2].substring(1)), "sign"),
        arguments("spare bits of base64 set", withSpareBits(sound), "the signature"),
        arguments("short signature", unsigned(parts, 63), "64 octets"),
        arguments("long signature", unsigned(parts, 65), "64 octets"),
        arguments("header is no JSON", signed("alg", PAYLOAD), "the header"),
        arguments("header is an array", signed("[]", PAYLOAD), "the header"),
        arguments("header is null", signed("null", PAYLOAD), "the header"),
        arguments("garbage behind the header", signed(HEADER + "x", PAYLOAD), "the header"),
        arguments("object behind the header", signed(HEADER + "{}", PAYLOAD), "the header"),
        arguments("alg none", signed(HEADER.replace("ES256", "none"), PAYLOAD), "'alg'"),
        arguments("alg HS256", signed(HEADER.replace("ES256", "HS256"), PAYLOAD), "'alg'"),
        arguments("alg RS256", signed(HEADER.replace("ES256", "RS256"), PAYLOAD), "'alg'"),
        arguments("alg ES384", signed(HEADER.replace("ES256", "ES384"), PAYLOAD), "'alg'"),
        arguments("alg es256", signed(HEADER.replace("ES256", "es256"), PAYLOAD), "'alg'"),
        arguments("alg null", signed(HEADER.replace("\"ES256\"", "null"), PAYLOAD), "'alg'"),
        arguments("alg a list", signed(HEADER.replace("\"ES256\"", "[\"ES256\"]"), PAYLOAD), "alg"),
        arguments("no alg", signed(HEADER.replace("\"alg\"", "\"x\""), PAYLOAD), "'alg'"),
        arguments("two alg", with("\"alg\":\"ES256\""), "twice"),
        arguments("two alg, one escaped", with("\"\\u0061lg\":\"ES256\""), "twice"),
        arguments("two kid", with("\"kid\":\"AAAAAAAAAAAAAAAAAAAAAB\""), "twice"),
        arguments("crit", with("\"crit\":[\"exp\"]"), "'crit'"),
        arguments("empty crit", with("\"crit\":[]"), "'crit'"),
        arguments("jku", with("\"jku\":\"https://evil.example\""), "'jku'"),
        arguments("x5u", with("\"x5u\":\"https://evil.example\""), "'x5u'"),
        arguments("x5c", with("\"x5c\":[\"MIIB\"]"), "'x5c'"),
        arguments("b64", with("\"b64\":false"), "'b64'"),
        arguments("b64 true", with("\"b64\":true"), "'b64'"),
        arguments("jku null", with("\"jku\":null"), "'jku'"),
        arguments("wrong typ", signed(PHONE.header("pushgate-device+jwt"), PAYLOAD), "'typ'"),
        arguments("typ JWT", signed(PHONE.header("JWT"), PAYLOAD), "'typ'"),
        arguments("typ upper case", signed(PHONE.header("PUSHGATE-VERDICT+JWT"), PAYLOAD), "typ"),
        arguments("no typ", signed(HEADER.replace("\"typ\"", "\"x\""), PAYLOAD), "'typ'"),
        arguments("own key", with("\"jwk\":" + PHONE.key().jwk()), "'jwk'"),
        arguments("no kid", signed(HEADER.replace("\"kid\"", "\"x\""), PAYLOAD), "'kid'"),
        arguments("kid a number", signed(HEADER.replaceAll("\"A{22}\"", "1"), PAYLOAD), "'kid'"),
        arguments("kid short", signed(HEADER.replaceAll("A{22}", "A"), PAYLOAD), "'kid'"),
        arguments(
            "kid SQL", signed(HEADER.replaceAll("A{22}", "' or 1=1 or ''='xxxx"), "{}"), "kid"),
        arguments("payload is no JSON", signed(HEADER, "iat"), "the payload"),
        arguments("payload is an array", signed(HEADER, "[{}]"), "the payload"),
        arguments("payload is a string", signed(HEADER, "\"{}\""), "the payload"),
        arguments("garbage behind the payload", signed(HEADER, PAYLOAD + "]"), "the payload"),
        arguments("zero byte behind the payload", signed(HEADER, PAYLOAD + "\0"), "the payload"),
        arguments("comment in the payload", signed(HEADER, "{/**/}"), "the payload"),
        arguments("duplicate in the payload", signed(HEADER, "{\"iat\":1,\"iat\":1}"), "twice"),
        arguments("duplicate inside", signed(HEADER, "{\"p\":{\"a\":1,\"a\":2}}"), "twice"),
        arguments("deep nesting", signed(HEADER, deep()), "the payload"),
        arguments("long number", signed(HEADER, "{\"iat\":1" + "0".repeat(99) + "}"), "payload"),
        arguments("byte order mark", signed(HEADER, "\ufeff" + PAYLOAD), "the payload"),
        arguments("UTF-16", encoded(PAYLOAD, StandardCharsets.UTF_16BE), "the payload"),
        arguments("Latin-1", encoded("{\"a\":\"ä\"}", StandardCharsets.ISO_8859_1), "payload"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void malformed(String what, String jws, String detail) {
    assertThatThrownBy(() -> parse(jws))
        .as(what)
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(detail);
  }

  static Stream<Arguments> malformedKeys() {
    String x = PHONE.key().x();
    String y = PHONE.key().y();
    return Stream.of(
        arguments("no jwk", PHONE.header("pushgate-enroll+jwt"), "'jwk'"),
        arguments("jwk a string", jwk("\"key\""), "'jwk'"),
        arguments("private part", jwk(ec(x, y).replace("}", ",\"d\":\"AAAA\"}")), "private"),
        arguments("private part null", jwk(ec(x, y).replace("}", ",\"d\":null}")), "private"),
        arguments("RSA", jwk(ec(x, y).replace("\"EC\"", "\"RSA\"")), "kty EC"),
        arguments("oct", jwk("{\"kty\":\"oct\",\"k\":\"AAAA\"}"), "kty EC"),
        arguments("P-384", jwk(ec(x, y).replace("P-256", "P-384")), "crv P-256"),
        arguments("secp256k1", jwk(ec(x, y).replace("P-256", "secp256k1")), "crv P-256"),
        arguments("no y", jwk("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + x + "\"}"), "'y'"),
        arguments("duplicate x", jwk(ec(x, y).replace("}", ",\"x\":\"" + x + "\"}")), "twice"),
        arguments("short x", jwk(ec(x.substring(0, 40), y)), "32 octets"),
        arguments("long x", jwk(ec("AAAA" + x, y)), "'x'"),
        arguments("padded x", jwk(ec(x + "=", y)), "canonical"),
        arguments("off the curve", jwk(ec(y, x)), "on the curve"),
        arguments("at infinity", jwk(ec("A".repeat(43), "A".repeat(43))), "on the curve"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void malformedKeys(String what, String header, String detail) {
    assertThatThrownBy(
            () -> SignedMessage.parse(PHONE.sign(header, PAYLOAD), MessageType.ENROLMENT))
        .as(what)
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(detail);
  }

  @Test
  void enrolment_bringsItsKey() throws Exception {
    SignedMessage message =
        SignedMessage.parse(PHONE.sign(ENROLMENT, PAYLOAD), MessageType.ENROLMENT);
    assertThat(message.ownKey()).isEqualTo(PHONE.key());
    assertThat(message.isSignedBy(message.ownKey())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"iat\":\"1\"}",
        "{\"iat\":1.0}",
        "{\"iat\":1e3}",
        "{\"iat\":null}",
        "{\"iat\":true}",
        "{\"iat\":9223372036854775808}",
        "{\"iat\":[1]}"
      })
  void claimThatIsNoInteger_isMalformed(String payload) throws Exception {
    JsonMembers claims = parse(PHONE.sign(HEADER, payload)).claims();
    assertThatThrownBy(() -> claims.integer("iat"))
        .hasMessage("'iat' in the payload must be an integer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"aud\":1}", "{\"aud\":null}", "{\"aud\":[\"a\"]}"})
  void claimThatIsNoString_isMalformed(String payload) throws Exception {
    JsonMembers claims = parse(PHONE.sign(HEADER, payload)).claims();
    assertThatThrownBy(() -> claims.text("aud"))
        .hasMessage("'aud' in the payload must be a string");
  }

  private static String signed(String header, String payload) {
    return PHONE.sign(header, payload);
  }

  private static String with(String member) {
    return PHONE.sign(HEADER.replace("}", "," + member + "}"), PAYLOAD);
  }

  private static String unsigned(String[] parts, int octets) {
    return parts[0] + "." + parts[1] + "." + StrictBase64.encode(new byte[octets]);
  }

  private static String deep() {
    return "{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}";
  }

  private static String big() {
    return "{\"a\":\"" + "a".repeat(8000) + "\"}";
  }

  private static String jwk(String key) {
    return "{\"alg\":\"ES256\",\"typ\":\"pushgate-enroll+jwt\",\"jwk\":" + key + "}";
  }

  private static String ec(String x, String y) {
    return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(x, y);
  }

  private static String encoded(String payload, Charset charset) {
    String signed = TestPhone.part(HEADER) + "." + StrictBase64.encode(payload.getBytes(charset));
    return signed + "." + StrictBase64.encode(PHONE.signature(signed));
  }

  /** The last letter of a signature of 64 octets has four bits that mean nothing. */
  private static String withSpareBits(String jws) {
    return jws.substring(0, jws.length() - 1) + (char) (jws.charAt(jws.length() - 1) + 1);
  }
}
