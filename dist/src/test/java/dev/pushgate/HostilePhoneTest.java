package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static dev.pushgate.RunningPushgate.nextQuestion;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.phone.Question;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts that a hostile phone may send: each is refused as docs/phone-api.md has it. */
class HostilePhoneTest extends WhileALoginWaits {
  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // What stands in for the header's "alg":"ES256".
        "\"alg\":\"none\"",
        "\"alg\":\"None\"",
        "\"alg\":\"HS256\"",
        "\"alg\":\"RS256\"",
        "\"alg\":\"ES384\"",
        "\"alg\":\"ES256K\"",
        "\"alg\":\"es256\"",
        "\"alg\":[\"ES256\"]",
        "\"zip\":\"DEF\"",
        // And what must not stand beside it.
        "\"alg\":\"ES256\",\"crit\":[\"exp\"],\"exp\":1",
        "\"alg\":\"ES256\",\"jku\":\"https://203.0.113.1/keys\"",
        "\"alg\":\"ES256\",\"x5u\":\"https://203.0.113.1/certificate\"",
        "\"alg\":\"ES256\",\"x5c\":[]",
        "\"alg\":\"ES256\",\"b64\":true",
        "\"alg\":\"ES256\",\"alg\":\"ES256\"",
        "\"alg\":\"none\",\"alg\":\"ES256\"",
        "\"alg\":\"ES256\",\"kid\":\"AAAAAAAAAAAAAAAAAAAAAA\"",
      })
  void header_thatNoPhoneMaySign_isMalformed(String members) throws Exception {
    String header =
        "{%s,\"typ\":\"pushgate-verdict+jwt\",\"kid\":\"%s\"}"
            .formatted(members, alice().account().device());
    assertRefused(verdict(ForgedJws.es256(key(alice()), header, approval())), 400, "malformed");
  }

  @Test
  void verdict_withJwkOfItsOwn_isMalformed() throws Exception {
    String header =
        "{\"alg\":\"ES256\",\"typ\":\"pushgate-verdict+jwt\",\"kid\":\"%s\",\"jwk\":%s}"
            .formatted(alice().account().device(), bob().account().key().toPublicJWK());
    assertRefused(verdict(ForgedJws.es256(key(bob()), header, approval())), 400, "malformed");
  }

  @Test
  void verdict_withoutSignature_isMalformed() throws Exception {
    String header = header(VERDICT, alice()).replace("ES256", "none");
    assertRefused(verdict(ForgedJws.with(header, approval(), new byte[0])), 400, "malformed");
    assertRefused(
        verdict(ForgedJws.with(header(VERDICT, alice()), approval(), new byte[0])),
        400,
        "malformed");
  }

  @Test
  void verdict_signedWithThePublicKeyAsHmacSecret_isMalformed() throws Exception {
    String header = header(VERDICT, alice()).replace("ES256", "HS256");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(alice().account().key().toECPublicKey().getEncoded(), "HmacSHA256"));
    byte[] signature =
        mac.doFinal(ForgedJws.signingInput(header, approval()).getBytes(StandardCharsets.US_ASCII));
    assertRefused(verdict(ForgedJws.with(header, approval(), signature)), 400, "malformed");
  }

  @ParameterizedTest
  @CsvSource({
    "RS256, RSA, SHA256withRSA",
    "ES384, secp384r1, SHA384withECDSAinP1363Format",
    "ES256, secp384r1, SHA256withECDSAinP1363Format",
  })
  void verdict_trulySignedByAnotherAlgorithm_isMalformed(String alg, String curve, String algorithm)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(curve.equals("RSA") ? "RSA" : "EC");
    if (!curve.equals("RSA")) {
      generator.initialize(new ECGenParameterSpec(curve));
    }
    PrivateKey other = generator.generateKeyPair().getPrivate();
    String header = header(VERDICT, alice()).replace("ES256", alg);
    assertRefused(
        verdict(ForgedJws.signed(other, algorithm, header, approval())), 400, "malformed");
  }

  @Test
  void verdict_signedByAnotherDevicesKey_isRefused() throws Exception {
    assertRefused(
        verdict(ForgedJws.es256(key(bob()), header(VERDICT, alice()), approval())),
        401,
        "signature");
  }

  @Test
  void verdict_ofWhichAnySignatureCharacterIsAltered_isRefused() throws Exception {
    String jws = ForgedJws.es256(key(alice()), header(VERDICT, alice()), approval());
    int start = jws.lastIndexOf('.') + 1;
    for (int i = start; i < jws.length(); i++) {
      // The last character has only two bits of the signature; another is no canonical base64url.
      boolean last = i == jws.length() - 1;
      char other = jws.charAt(i) == 'A' ? 'Q' : 'A';
      String altered = jws.substring(0, i) + other + jws.substring(i + 1);
      assertRefused(verdict(altered), 401, "signature");
      if (last) {
        assertRefused(verdict(jws.substring(0, i) + 'B'), 400, "malformed");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0xff})
  void verdict_withSignatureOutOfRange_isRefused(int octet) throws Exception {
    byte[] signature = new byte[64];
    Arrays.fill(signature, (byte) octet);
    assertRefused(
        verdict(ForgedJws.with(header(VERDICT, alice()), approval(), signature)), 401, "signature");
  }

  @Test
  void verdict_whosePayloadWasExchanged_isRefused() throws Exception {
    String header = header(VERDICT, alice());
    String denial = ForgedJws.es256(key(alice()), header, approval().replace("approve", "deny"));
    String altered =
        ForgedJws.signingInput(header, approval()) + denial.substring(denial.lastIndexOf('.'));
    assertRefused(verdict(altered), 401, "signature");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // typ | member of the payload | what stands there instead | status | code
        "device  | \"aud\"       | \"aud\" | 400 | malformed",
        "push    | \"aud\"       | \"aud\" | 400 | malformed",
        "enroll  | \"aud\"       | \"aud\" | 400 | malformed",
        "verdict | \"aud\":      | \"aud\":\"https://203.0.113.9:4433\",\"aud\": | 400 | malformed",
        "verdict | \"approve\"   | \"approve\",\"verdict\":\"deny\" | 400 | malformed",
        "verdict | \"approve\"   | \"allow\" | 400 | malformed",
        "verdict | \"challenge\" | \"other\" | 400 | malformed",
        "verdict | https://      | http:// | 401 | signature",
        "verdict | 127.0.0.1     | vpn.example.org | 401 | signature",
        "verdict | \"nonce\":\"  | \"nonce\":\"A | 404 | unknown",
      })
  void verdict_withPayloadOrTypeForSomethingElse_isRefused(
      String typ, String member, String instead, int status, String code) throws Exception {
    String payload = approval();
    String altered = payload.replaceFirst(Pattern.quote(member), instead);
    assertRefused(
        verdict(ForgedJws.es256(key(alice()), header(typ, alice()), altered)), status, code);
  }

  // Ahead by more than it needs, for the server's clock goes on meanwhile.
  @ParameterizedTest
  @ValueSource(longs = {-61, 65, Long.MIN_VALUE / 4, Long.MAX_VALUE / 4})
  void verdict_whoseTimeIsOff_isRefused(long seconds) throws Exception {
    String payload = verdictOn(question(), "approve", Instant.now().getEpochSecond() + seconds);
    assertRefused(
        verdict(ForgedJws.es256(key(alice()), header(VERDICT, alice()), payload)),
        401,
        "signature");
  }

  @Test
  void verdict_ofRemovedOrUnknownDevice_isRefusedAlike() throws Exception {
    Phone removed = pushgate().enrol("alice");
    assertThat(removed.remove()).isInstanceOf(Reply.Done.class);
    Refused refused = verdict(ForgedJws.es256(key(removed), header(VERDICT, removed), approval()));
    assertRefused(refused, 401, "signature");
    String unknown = header(VERDICT, removed).replace(removed.account().device(), "A".repeat(22));
    assertThat(verdict(ForgedJws.es256(key(removed), unknown, approval()))).isEqualTo(refused);
  }

  @Test
  void challenge_ofAnotherUser_isUnknownLikeOneThatIsNot() throws Exception {
    Refused foreign = verdict(ForgedJws.es256(key(bob()), header(VERDICT, bob()), approval()));
    assertRefused(foreign, 404, "unknown");
    String none = "A".repeat(22);
    String path = "/v1/challenges/" + none;
    String payload = approval().replace(question().id(), none);
    assertThat(
            post(path + "/verdict", ForgedJws.es256(key(bob()), header(VERDICT, bob()), payload)))
        .isEqualTo(foreign);
    assertThat(seenBy(bob(), "/v1/challenges/" + question().id())).isEqualTo(foreign);
    assertThat(seenBy(bob(), path)).isEqualTo(foreign);
  }

  @Test
  void challenge_answeredOrExpired_takesNoOtherVerdict() throws Exception {
    try (RawNas brief = new RawNas(pushgate().radius(), InetAddress.getByName(BRIEF_CLIENT))) {
      RawRequest login = new RawRequest(2, "bob", PASSWORD);
      brief.send(login);
      Question asked = nextQuestion(bob());
      String approval =
          ForgedJws.es256(key(bob()), header(VERDICT, bob()), verdictOn(asked, "approve", now()));
      String path = verdictPath(asked);
      assertThat(send("POST", path, JOSE, BodyPublishers.ofString(approval)).body())
          .isEqualTo("{\"state\":\"approved\"}");
      assertThat(brief.reply(login).code()).isEqualTo(CheckedReply.ACCEPT);

      HttpResponse<String> again = send("POST", path, JOSE, BodyPublishers.ofString(approval));
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(again.body()).isEqualTo("{\"state\":\"approved\"}");
      for (String verdict : new String[] {"deny", "approve"}) {
        Refused other =
            post(
                path,
                ForgedJws.es256(
                    key(bob()), header(VERDICT, bob()), verdictOn(asked, verdict, now())));
        assertRefused(other, 409, "settled");
        assertThat(json.readTree(other.body()).path("state").asText()).isEqualTo("approved");
      }
      // The approval of the one login is none of the other.
      assertRefused(verdict(approval), 400, "malformed");

      RawRequest late = new RawRequest(3, "bob", PASSWORD);
      brief.send(late);
      Question missed = nextQuestion(bob());
      assertThat(brief.reply(late).code()).isEqualTo(CheckedReply.REJECT);
      assertRefused(
          post(
              verdictPath(missed),
              ForgedJws.es256(
                  key(bob()), header(VERDICT, bob()), verdictOn(missed, "approve", now()))),
          410,
          "expired");
    }
  }

  @Test
  void body_thatIsTooLargeOrNoJws_isRefused() throws Exception {
    String path = verdictPath(question());
    byte[] large = "a".repeat(8193).getBytes(StandardCharsets.US_ASCII);
    // Several, for a connection that the server closes unannounced fails the next request on it.
    for (int i = 0; i < 20; i++) {
      for (BodyPublisher body :
          List.of(
              BodyPublishers.ofByteArray(large),
              BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
        assertRefused(refused(send("POST", path, JOSE, body)), 413, "too-large");
      }
    }
    String good = ForgedJws.es256(key(alice()), header(VERDICT, alice()), approval());
    for (String type : new String[] {"application/json", "text/plain", "application/jose+json"}) {
      assertRefused(refused(send("POST", path, type, BodyPublishers.ofString(good))), 415, "type");
    }
    for (String body : new String[] {"", "a", "..", good + ".", good + "=", " " + good, "{}"}) {
      assertRefused(post(path, body), 400, "malformed");
    }
  }

  private Refused seenBy(Phone phone, String path) throws Exception {
    return refused(send(to(path).header("Authorization", bearer(phone, "GET", path))));
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }
}
