package dev.pushgate.push;

import dev.pushgate.push.phone.Question;
import dev.pushgate.push.signed.PhoneKey;
import dev.pushgate.push.signed.StrictBase64;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.InstantSource;

/**
 * A phone with a key of its own, which says what docs/phone-api.md lets it say, or anything else.
 */
public final class TestPhone {
  private final KeyPair keys;
  private final String base;
  private final InstantSource clock;
  private String device = "AAAAAAAAAAAAAAAAAAAAAA";

  public TestPhone(String base, InstantSource clock) {
    this.base = base;
    this.clock = clock;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      this.keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public void isDevice(String id) {
    device = id;
  }

  public String device() {
    return device;
  }

  public PhoneKey key() {
    return PhoneKey.of((ECPublicKey) keys.getPublic());
  }

  public long now() {
    return clock.instant().getEpochSecond();
  }

  public String enrolment(String code, String name) {
    return enrolment(code, name, "{\"via\":\"poll\"}");
  }

  public String enrolment(String code, String name, String push) {
    return sign(
        "{\"alg\":\"ES256\",\"typ\":\"pushgate-enroll+jwt\",\"jwk\":" + key().jwk() + "}",
        "{\"aud\":\"%s\",\"iat\":%d,\"code\":\"%s\",\"name\":\"%s\",\"push\":%s}"
            .formatted(base, now(), code, name, push));
  }

  public String bearer(String method, String path) {
    return sign(
        header("pushgate-device+jwt"),
        "{\"aud\":\"%s\",\"iat\":%d,\"htm\":\"%s\",\"htu\":\"%s\"}"
            .formatted(base, now(), method, path));
  }

  public String verdict(Question challenge, String verdict) {
    return verdict(challenge, verdict, "");
  }

  /**
   * @param more members of the payload, each with a comma before it
   */
  public String verdict(Question challenge, String verdict, String more) {
    return sign(
        header("pushgate-verdict+jwt"),
        "{\"aud\":\"%s\",\"iat\":%d,\"challenge\":\"%s\",\"nonce\":\"%s\",\"verdict\":\"%s\"%s}"
            .formatted(base, now(), challenge.id(), challenge.nonce(), verdict, more));
  }

  public String pushChange(String push, long iat) {
    return sign(
        header("pushgate-push+jwt"),
        "{\"aud\":\"%s\",\"iat\":%d,\"push\":%s}".formatted(base, iat, push));
  }

  public String header(String typ) {
    return "{\"alg\":\"ES256\",\"typ\":\"%s\",\"kid\":\"%s\"}".formatted(typ, device);
  }

  /** Signs whatever it is given. */
  public String sign(String header, String payload) {
    String signed = part(header) + "." + part(payload);
    return signed + "." + StrictBase64.encode(signature(signed));
  }

  public byte[] signature(String signed) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String part(String text) {
    return StrictBase64.encode(text.getBytes(StandardCharsets.UTF_8));
  }
}
