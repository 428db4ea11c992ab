package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a hostile phone may say about devices: each is refused as docs/phone-api.md has it. */
class HostileDeviceTest extends WhileALoginWaits {
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void enrolment_withSpentOrUnknownCode_isRefusedAlike() throws Exception {
    URI link = pushgate().invite("alice");
    String code = link.getFragment();
    Path account = pushgate().folder().resolve("spent.json");
    assertThat(Phone.enrol(pushgate().http(), link, "First", account, InstantSource.system()))
        .isInstanceOf(Reply.Done.class);
    Refused spent = enrol(code, newKey());
    assertRefused(spent, 403, "code-invalid");
    assertThat(enrol("AAAAA-AAAAA-AAAAA-AAAAA-AAAAAA", newKey())).isEqualTo(spent);
  }

  @Test
  void enrolment_withBadKey_isRefusedAndTheCodeStaysGood() throws Exception {
    String code = pushgate().invite("alice").getFragment();
    ECKey own = newKey();
    Map<String, Object> jwk = own.toPublicJWK().toJSONObject();
    Map<String, Object> offCurve = new LinkedHashMap<>(jwk);
    offCurve.put("y", jwk.get("x"));
    assertRefused(enrol(code, own, offCurve), 400, "malformed");
    Map<String, Object> privatePart = new LinkedHashMap<>(jwk);
    privatePart.put("d", alice().account().key().getD().toString());
    assertRefused(enrol(code, own, privatePart), 400, "malformed");
    Map<String, Object> otherCurve = new LinkedHashMap<>(jwk);
    otherCurve.put("crv", "P-384");
    assertRefused(enrol(code, own, otherCurve), 400, "malformed");
    // Signed by another key than the one it brings.
    assertRefused(
        enrol(code, own, bob().account().key().toPublicJWK().toJSONObject()), 401, "signature");
    // Bob's key, truly signed: known.
    Refused known = enrol(code, bob().account().key());
    assertRefused(known, 409, "key-known");
    String good = enrolment(code, own, jwk);
    assertThat(send("POST", "/v1/devices", JOSE, BodyPublishers.ofString(good)).statusCode())
        .isEqualTo(201);
  }

  @Test
  void push_changedWithOldTimeOrForAnotherDevice_isRefused() throws Exception {
    String path = "/v1/devices/" + bob().account().device() + "/push";
    long now = Instant.now().getEpochSecond();
    assertThat(send("PUT", path, JOSE, pushChange(bob(), now)).statusCode()).isEqualTo(200);
    assertRefused(refused(send("PUT", path, JOSE, pushChange(bob(), now))), 401, "signature");
    assertRefused(refused(send("PUT", path, JOSE, pushChange(bob(), now - 1))), 401, "signature");
    assertRefused(refused(send("PUT", path, JOSE, pushChange(alice(), now))), 404, "unknown");
  }

  @ParameterizedTest
  @CsvSource({
    // method | htm | htu | status | code
    "GET, POST, /v1/challenges, 401, signature",
    "GET, get, /v1/challenges, 401, signature",
    "GET, GET, /v1/challenges?wait=0, 401, signature",
    "GET, GET, /v1/challenge, 401, signature",
    "DELETE, GET, /v1/challenges, 405, method",
  })
  void bearer_ofAnotherRequest_isRefused(
      String method, String htm, String htu, int status, String code) throws Exception {
    HttpRequest.Builder bearing =
        to("/v1/challenges").header("Authorization", bearer(alice(), htm, htu));
    assertRefused(refused(send(bearing.method(method, BodyPublishers.noBody()))), status, code);
  }

  @Test
  void device_deletedByAnother_isUnknown() throws Exception {
    String path = "/v1/devices/" + alice().account().device();
    HttpRequest.Builder foreign =
        to(path).DELETE().header("Authorization", bearer(bob(), "DELETE", path));
    assertRefused(refused(send(foreign)), 404, "unknown");
    assertRefused(refused(send(to(path).DELETE())), 401, "signature");
    // A verdict is no bearer.
    String verdict = ForgedJws.es256(key(alice()), header(VERDICT, alice()), approval());
    assertRefused(
        refused(send(to(path).DELETE().header("Authorization", "Bearer " + verdict))),
        400,
        "malformed");
  }

  private BodyPublisher pushChange(Phone phone, long time) {
    String payload =
        "{\"aud\":\"%s\",\"iat\":%d,\"push\":{\"via\":\"poll\"}}"
            .formatted(pushgate().base(), time);
    return BodyPublishers.ofString(ForgedJws.es256(key(phone), header("push", phone), payload));
  }

  private Refused enrol(String code, ECKey key) throws Exception {
    return enrol(code, key, key.toPublicJWK().toJSONObject());
  }

  private Refused enrol(String code, ECKey signer, Map<String, Object> jwk) throws Exception {
    return post("/v1/devices", enrolment(code, signer, jwk));
  }

  private String enrolment(String code, ECKey signer, Map<String, Object> jwk) throws Exception {
    String header =
        "{\"alg\":\"ES256\",\"typ\":\"pushgate-enroll+jwt\",\"jwk\":%s}"
            .formatted(json.writeValueAsString(jwk));
    String payload =
        "{\"aud\":\"%s\",\"iat\":%d,\"code\":\"%s\",\"name\":\"x\",\"push\":{\"via\":\"poll\"}}"
            .formatted(pushgate().base(), Instant.now().getEpochSecond(), code);
    return ForgedJws.es256(signer.toECPrivateKey(), header, payload);
  }

  private static ECKey newKey() throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).generate();
  }
}
