package dev.pushgate.radius.mschap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a user's side of MS-CHAPv2 sends: its proof that it knows the password, to both challenges.
 *
 * <p>The user name is part of what is proved, "without any prepended Windows NT domain name" (RFC
 * 2759 section 8.2). Windows, pppd and wpa_supplicant leave out what stands before a backslash as
 * it says, others do not; both are taken.
 *
 * <p>Immutable. Holds nothing that was not sent in the clear.
 */
public final class MsChap2Response {
  /** Octets of each of the two challenges. */
  public static final int CHALLENGE_LENGTH = 16;

  /** Octets of the response proper. */
  public static final int NT_RESPONSE_LENGTH = ChallengeResponse.LENGTH;

  private static final byte[] SIGNING = ascii("Magic server to client signing constant");
  private static final byte[] PADDING = ascii("Pad to make it do more than one iteration");

  private final byte[] userName;
  private final byte[] authenticatorChallenge;
  private final byte[] peerChallenge;
  private final byte[] ntResponse;

  /**
   * @param userName as sent, in whatever character set
   * @param authenticatorChallenge what the NAS asked, 16 octets
   * @param peerChallenge what the user's side asks back, 16 octets
   * @param ntResponse the response, 24 octets
   */
  public MsChap2Response(
      byte[] userName, byte[] authenticatorChallenge, byte[] peerChallenge, byte[] ntResponse) {
    this.userName = userName.clone();
    this.authenticatorChallenge =
        ofLength(authenticatorChallenge, CHALLENGE_LENGTH, "an authenticator challenge");
    this.peerChallenge = ofLength(peerChallenge, CHALLENGE_LENGTH, "a peer challenge");
    this.ntResponse = ofLength(ntResponse, NT_RESPONSE_LENGTH, "an NT response");
  }

  /** The response that a user's side makes. */
  public static MsChap2Response make(
      byte[] userName,
      byte[] authenticatorChallenge,
      byte[] peerChallenge,
      NtPasswordHash password) {
    byte[] challenge =
        challengeHash(peerChallenge, authenticatorChallenge, withoutDomain(userName));
    return new MsChap2Response(
        userName, authenticatorChallenge, peerChallenge, ChallengeResponse.of(challenge, password));
  }

  private static byte[] ofLength(byte[] octets, int length, String what) {
    if (octets.length != length) {
      throw new IllegalArgumentException(what + " of " + octets.length + " octets, not " + length);
    }
    return octets.clone();
  }

  /**
   * Checks the response, in constant time.
   *
   * @param password the hash of the password that it should have been made with
   * @return what the server proves in turn, or nothing where it was made with another password
   */
  public Optional<ServerProof> check(NtPasswordHash password) {
    for (byte[] name : names()) {
      byte[] challenge = challengeHash(peerChallenge, authenticatorChallenge, name);
      if (MessageDigest.isEqual(ChallengeResponse.of(challenge, password), ntResponse)) {
        return Optional.of(
            new ServerProof(
                authenticatorResponse(challenge, password),
                SessionKeys.derive(password, ntResponse)));
      }
    }
    return Optional.empty();
  }

  private List<byte[]> names() {
    byte[] user = withoutDomain(userName);
    return user.length == userName.length ? List.of(userName) : List.of(user, userName);
  }

  private static byte[] withoutDomain(byte[] userName) {
    for (int i = 0; i < userName.length; i++) {
      if (userName[i] == '\\') {
        return Arrays.copyOfRange(userName, i + 1, userName.length);
      }
    }
    return userName;
  }

  /** ChallengeHash (RFC 2759 section 8.2): 8 octets. */
  static byte[] challengeHash(byte[] peerChallenge, byte[] authenticatorChallenge, byte[] name) {
    return Arrays.copyOf(Sha1.over(peerChallenge, authenticatorChallenge, name), 8);
  }

  /** GenerateAuthenticatorResponse (RFC 2759 section 8.7). */
  private String authenticatorResponse(byte[] challenge, NtPasswordHash password) {
    byte[] digest = Sha1.over(password.hashed(), ntResponse, SIGNING);
    byte[] response = Sha1.over(digest, challenge, PADDING);
    return "S=" + HexFormat.of().formatHex(response).toUpperCase(Locale.ROOT);
  }

  /** The response proper, 24 octets. */
  public byte[] ntResponse() {
    return ntResponse.clone();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
