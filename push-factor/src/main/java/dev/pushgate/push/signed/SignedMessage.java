package dev.pushgate.push.signed;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A compact JWS whose form is right. <b>Whether its signature stands has still to be asked</b>, by
 * {@link #isSignedBy}.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>The message is at most 8 KiB, each part has its one canonical spelling, the algorithm is
 * ES256, the type is the expected one, no header member changes the meaning of the signature or
 * points at a key, and no member stands twice. All of this is settled before any key is looked up.
 */
public final class SignedMessage {
  /** The largest message taken, in characters. */
  public static final int MOST_CHARACTERS = 8 * 1024;

  private static final int SIGNATURE_OCTETS = 64;
  private static final List<String> FORBIDDEN = List.of("crit", "jku", "x5u", "x5c", "b64");
  private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_-]{22,32}");
  private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);

  private final String compact;
  private final Optional<PhoneKey> ownKey;
  private final Optional<String> device;
  private final JsonMembers claims;

  private SignedMessage(
      String compact, Optional<PhoneKey> ownKey, Optional<String> device, JsonMembers claims) {
    this.compact = compact;
    this.ownKey = ownKey;
    this.device = device;
    this.claims = claims;
  }

  /**
   * Checks the form of a message.
   *
   * @param compact header, payload and signature with dots between them (RFC 7515 section 7.1)
   * @param type what it must be
   * @throws MalformedException when anything about the form is wrong
   */
  public static SignedMessage parse(String compact, MessageType type) throws MalformedException {
    if (compact.length() > MOST_CHARACTERS) {
      throw new MalformedException("a JWS must have at most " + MOST_CHARACTERS + " characters");
    }
    String[] parts = compact.split("\\.", -1);
    if (parts.length != 3) {
      throw new MalformedException("a compact JWS has three parts with dots between them");
    }
    byte[] headerOctets = StrictBase64.decode(parts[0], "the header");
    byte[] payloadOctets = StrictBase64.decode(parts[1], "the payload");
    if (StrictBase64.decode(parts[2], "the signature").length != SIGNATURE_OCTETS) {
      throw new MalformedException("an ES256 signature must have 64 octets");
    }

    JsonMembers header = JsonMembers.parse(headerOctets, "the header");
    if (!header.text("alg").equals("ES256")) {
      throw new MalformedException("'alg' must be ES256");
    }
    for (String name : FORBIDDEN) {
      if (header.has(name)) {
        throw new MalformedException("'" + name + "' must not stand in the header");
      }
    }
    if (!header.text("typ").equals(type.typ())) {
      throw new MalformedException("'typ' must be " + type.typ());
    }
    Optional<PhoneKey> ownKey = Optional.empty();
    Optional<String> device = Optional.empty();
    if (type == MessageType.ENROLMENT) {
      ownKey = Optional.of(PhoneKey.of(header.object("jwk")));
    } else if (header.has("jwk")) {
      throw new MalformedException("'jwk' must not stand in the header of " + type.typ());
    } else {
      device = Optional.of(header.text("kid"));
      if (!DEVICE.matcher(device.get()).matches()) {
        throw new MalformedException("'kid' must be 22 to 32 characters of base64url");
      }
    }
    JsonMembers claims = JsonMembers.parse(payloadOctets, "the payload");
    return new SignedMessage(compact, ownKey, device, claims);
  }

  /** The key that the message brings along: there in {@link MessageType#ENROLMENT} only. */
  public PhoneKey ownKey() {
    return ownKey.orElseThrow();
  }

  /** The device that the message says it is from: there in all but enrolments. */
  public String device() {
    return device.orElseThrow();
  }

  /** The members of the payload. */
  public JsonMembers claims() {
    return claims;
  }

  /** Whether the holder of that key has signed this message. */
  public boolean isSignedBy(PhoneKey key) {
    int lastDot = compact.lastIndexOf('.');
    byte[] signed = compact.substring(0, lastDot).getBytes(StandardCharsets.US_ASCII);
    Base64URL signature = new Base64URL(compact.substring(lastDot + 1));
    try {
      // The header is ours and not the sender's: it decides nothing but the algorithm.
      return new ECDSAVerifier(key.toPublicKey()).verify(ES256, signed, signature);
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java has no ES256, without which no phone works", e);
    }
  }

  /** SHA-256 of the whole message in hex: tells whether the same message came again. */
  public String digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] octets = compact.getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(sha256.digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "SignedMessage[" + compact.length() + " characters, not shown]";
  }
}
