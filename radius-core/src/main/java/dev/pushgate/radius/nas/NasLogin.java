package dev.pushgate.radius.nas;

import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP2_RESPONSE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP2_SUCCESS;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP_CHALLENGE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_RECV_KEY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_SEND_KEY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.VENDOR;

import dev.pushgate.radius.mschap.MsChap2Response;
import dev.pushgate.radius.mschap.NtPasswordHash;
import dev.pushgate.radius.mschap.ServerProof;
import dev.pushgate.radius.mschap.SessionKeys;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.PasswordMethod;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A login as the NAS and the user's side of it see it: the request, and what makes its reply
 * credible to the user's side.
 */
public final class NasLogin {
  private static final int CHALLENGE_LENGTH = 16;
  private static final int RESERVED = 8;

  private final PasswordMethod method;
  private final SignedRequest request;

  /** What MS-CHAP2-Success must be; null for other methods. */
  private final byte @Nullable [] expectedSuccess;

  private NasLogin(
      PasswordMethod method, SignedRequest request, byte @Nullable [] expectedSuccess) {
    this.method = method;
    this.request = request;
    this.expectedSuccess = expectedSuccess;
  }

  static NasLogin byPap(SignedRequest request, byte[] password) {
    return new NasLogin(PasswordMethod.PAP, request.addPassword(password), null);
  }

  static NasLogin byChap(SignedRequest request, byte[] password, SecureRandom random) {
    byte[] identifier = octets(1, random);
    byte[] challenge = octets(CHALLENGE_LENGTH, random);
    Password.Chap chap = Password.Chap.make(identifier[0], challenge, password);
    request
        .add(AttributeType.CHAP_PASSWORD, joined(identifier, chap.response()))
        .add(AttributeType.CHAP_CHALLENGE, challenge);
    return new NasLogin(PasswordMethod.CHAP, request, null);
  }

  static NasLogin byMsChap2(
      SignedRequest request, String userName, byte[] password, SecureRandom random) {
    byte[] identifier = octets(1, random);
    byte[] challenge = octets(CHALLENGE_LENGTH, random);
    byte[] peerChallenge = octets(CHALLENGE_LENGTH, random);
    NtPasswordHash hash = NtPasswordHash.of(password);
    MsChap2Response response =
        MsChap2Response.make(
            userName.getBytes(StandardCharsets.UTF_8), challenge, peerChallenge, hash);
    ServerProof proof = response.check(hash).orElseThrow();
    byte[] flags = new byte[1];
    request
        .addVendor(VENDOR, MS_CHAP_CHALLENGE, challenge)
        .addVendor(
            VENDOR,
            MS_CHAP2_RESPONSE,
            joined(identifier, flags, peerChallenge, new byte[RESERVED], response.ntResponse()));
    return new NasLogin(
        PasswordMethod.MSCHAPV2,
        request,
        joined(identifier, proof.authenticatorResponse().getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] octets(int length, SecureRandom random) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }

  /** How the password is proved. */
  public PasswordMethod method() {
    return method;
  }

  /** What to ask the server; attributes may be added. */
  public SignedRequest request() {
    return request;
  }

  /**
   * Whether an Access-Accept proves by MS-CHAP2-Success that the server knows the password, without
   * which the user's side hangs up (RFC 2759 section 5). Always false for other methods.
   */
  public boolean isProvedBy(NasAnswer accept) {
    byte[] expected = expectedSuccess;
    return expected != null
        && accept
            .packet()
            .vendorValue(VENDOR, MS_CHAP2_SUCCESS)
            .filter(success -> MessageDigest.isEqual(success, expected))
            .isPresent();
  }

  /** The keys for MPPE in an Access-Accept, in the clear; nothing where it does not have both. */
  public Optional<SessionKeys> sessionKeys(NasAnswer accept) {
    Optional<byte[]> send = request.revealKey(accept.packet(), VENDOR, MS_MPPE_SEND_KEY);
    Optional<byte[]> receive = request.revealKey(accept.packet(), VENDOR, MS_MPPE_RECV_KEY);
    return send.isPresent() && receive.isPresent()
        ? Optional.of(new SessionKeys(send.get(), receive.get()))
        : Optional.empty();
  }
}
