package dev.pushgate.push.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * privacyIDEA Authenticator as far as its protocol goes: what it reads from a QR code, what it
 * sends, and what it checks of a challenge. Has keys and a base32 of its own.
 */
public final class PrivacyIdeaApp {
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final InstantSource clock;
  private final KeyPair keys;
  private final Map<String, String> link;

  /**
   * @param link {@code otpauth://pipush/…}
   * @param bits of its RSA key; the real one takes 4096
   */
  public PrivacyIdeaApp(String link, int bits, InstantSource clock) {
    this(link, newKeys(bits), clock);
  }

  /**
   * @param link {@code otpauth://pipush/…}
   * @param keys RSA keys, for tests that cannot wait for new ones
   */
  public PrivacyIdeaApp(String link, KeyPair keys, InstantSource clock) {
    this.clock = clock;
    this.keys = keys;
    assertThat(link).startsWith("otpauth://pipush/");
    URI uri = URI.create(link);
    assertThat(uri.getPath()).hasSizeGreaterThan(1);
    this.link = fields(uri.getRawQuery());
    assertThat(this.link).containsEntry("v", "1").containsEntry("poll_only", "True");
    assertThat(this.link).containsEntry("sslverify", "1");
  }

  public static KeyPair newKeys(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> fields(String query) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      assertThat(parts[1]).as("percent-quoted").doesNotContain("+", "/", ":", " ");
      assertThat(fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8)))
          .isNull();
    }
    return fields;
  }

  /** What the link says by that name. */
  public String said(String name) {
    String value = link.get(name);
    assertThat(value).as(name).isNotNull();
    return String.valueOf(value);
  }

  public String serial() {
    return said("serial");
  }

  public String url() {
    return said("url");
  }

  /** A form, by names and values in turn. */
  public static String form(String... namesAndValues) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.append(i == 0 ? "" : "&")
          .append(namesAndValues[i])
          .append('=')
          .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
    }
    return form.toString();
  }

  public String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  public String enrolment() {
    return form(
        "enrollment_credential",
        said("enrollment_credential"),
        "serial",
        serial(),
        "fbtoken",
        "no_firebase_token",
        "pubkey",
        publicKey(),
        "capabilities",
        "presence");
  }

  public String now() {
    return timestamp(clock.instant());
  }

  public static String timestamp(Instant time) {
    return MICROSECONDS.format(time);
  }

  public String tokenUpdate() {
    String now = now();
    return form(
        "new_fb_token",
        "no_firebase_token",
        "serial",
        serial(),
        "timestamp",
        now,
        "signature",
        sign("no_firebase_token|" + serial() + "|" + now));
  }

  public String poll() {
    return poll(now());
  }

  public String poll(String timestamp) {
    return form(
        "serial",
        serial(),
        "timestamp",
        timestamp,
        "signature",
        sign(serial() + "|" + timestamp),
        "capabilities",
        "presence");
  }

  public String accept(String nonce) {
    return form("nonce", nonce, "serial", serial(), "signature", sign(nonce + "|" + serial()));
  }

  public String choose(String nonce, String option) {
    return form(
        "nonce",
        nonce,
        "serial",
        serial(),
        "presence_answer",
        option,
        "signature",
        sign(nonce + "|" + serial() + "|" + option));
  }

  public String decline(String nonce) {
    return form(
        "nonce",
        nonce,
        "serial",
        serial(),
        "decline",
        "1",
        "signature",
        sign(nonce + "|" + serial() + "|decline"));
  }

  public String decline(String nonce, String reason) {
    return form(
        "nonce",
        nonce,
        "serial",
        serial(),
        "decline",
        "1",
        "decline_reason",
        reason,
        "signature",
        sign(nonce + "|" + serial() + "|decline|" + reason));
  }

  public String sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return base32(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Whether the server that gave this key has signed the text.
   *
   * @param publicKey base64 of an RSAPublicKey
   */
  public static boolean hasSigned(String publicKey, String text, String signature) {
    try {
      Signature check = Signature.getInstance("SHA256withRSA");
      check.initVerify(ofRsaPublicKey(Base64.getDecoder().decode(publicKey)));
      check.update(text.getBytes(StandardCharsets.UTF_8));
      return check.verify(ofBase32(signature));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By putting it into the SubjectPublicKeyInfo that Java reads. */
  private static PublicKey ofRsaPublicKey(byte[] der) throws GeneralSecurityException {
    byte[] rsa = Base64.getDecoder().decode("MA0GCSqGSIb3DQEBAQUA");
    ByteArrayOutputStream bits = new ByteArrayOutputStream();
    bits.write(0);
    bits.writeBytes(der);
    ByteArrayOutputStream contents = new ByteArrayOutputStream();
    contents.writeBytes(rsa);
    contents.writeBytes(new byte[] {0x03, (byte) 0x82});
    contents.writeBytes(new byte[] {(byte) (bits.size() >> 8), (byte) bits.size()});
    contents.writeBytes(bits.toByteArray());
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    info.writeBytes(new byte[] {0x30, (byte) 0x82});
    info.writeBytes(new byte[] {(byte) (contents.size() >> 8), (byte) contents.size()});
    info.writeBytes(contents.toByteArray());
    return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(info.toByteArray()));
  }

  /** As a number to the base of 32, which is slow and cannot be wrong in the way of shifts. */
  public static String base32(byte[] octets) {
    int letters = (octets.length * 8 + 4) / 5;
    BigInteger number = new BigInteger(1, octets).shiftLeft(letters * 5 - octets.length * 8);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      text.insert(0, LETTERS.charAt(number.mod(BigInteger.valueOf(32)).intValue()));
      number = number.divide(BigInteger.valueOf(32));
    }
    return text.append("=".repeat((8 - letters % 8) % 8)).toString();
  }

  private static byte[] ofBase32(String text) {
    String letters = text.replace("=", "");
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < letters.length(); i++) {
      int value = LETTERS.indexOf(letters.charAt(i));
      number = number.multiply(BigInteger.valueOf(32)).add(BigInteger.valueOf(value));
    }
    int octets = letters.length() * 5 / 8;
    byte[] value = number.shiftRight(letters.length() * 5 - octets * 8).toByteArray();
    byte[] all = new byte[octets];
    int length = Math.min(value.length, octets);
    System.arraycopy(value, value.length - length, all, octets - length, length);
    return all;
  }
}
