package dev.pushgate.radius.user;

import dev.pushgate.radius.mschap.MsChap2Response;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/** What a request offers as proof of the password, by method. */
public sealed interface Password {

  /** By which method. */
  PasswordMethod method();

  /**
   * The password itself, unhidden from User-Password (RFC 2865 section 5.2).
   *
   * <p>Compares by identity and prints nothing of the password.
   */
  final class Pap implements Password {
    private final byte[] octets;

    /**
     * @param octets the password without the padding, 0 to 128 octets; copied
     */
    public Pap(byte[] octets) {
      this.octets = octets.clone();
    }

    @Override
    public PasswordMethod method() {
      return PasswordMethod.PAP;
    }

    /** A copy of the octets as they came: UTF-8 from most clients, Latin-1 from some. */
    public byte[] octets() {
      return octets.clone();
    }

    /** Whether the password can be right at all: not empty and without a NUL. */
    public boolean isPossible() {
      if (octets.length == 0) {
        return false;
      }
      for (byte octet : octets) {
        if (octet == 0) {
          return false;
        }
      }
      return true;
    }

    /** Overwrites this copy of the password. */
    public void clear() {
      Arrays.fill(octets, (byte) 0);
    }

    @Override
    public String toString() {
      return "Pap[" + octets.length + " octets, not shown]";
    }
  }

  /**
   * The response to a challenge: MD5 over identifier, password and challenge (RFC 1994 section
   * 4.1).
   *
   * <p>Compares by identity.
   */
  final class Chap implements Password {
    /** Octets of a response. */
    public static final int RESPONSE_LENGTH = 16;

    private final byte identifier;
    private final byte[] challenge;
    private final byte[] response;

    /**
     * @param challenge one octet at least; copied
     * @param response 16 octets; copied
     */
    public Chap(byte identifier, byte[] challenge, byte[] response) {
      if (challenge.length == 0 || response.length != RESPONSE_LENGTH) {
        throw new IllegalArgumentException(
            "a challenge of " + challenge.length + " and a response of " + response.length);
      }
      this.identifier = identifier;
      this.challenge = challenge.clone();
      this.response = response.clone();
    }

    /**
     * The response that a user's side makes.
     *
     * @param password in the character set of the user's side; stays as it is
     */
    public static Chap make(byte identifier, byte[] challenge, byte[] password) {
      return new Chap(identifier, challenge, digest(identifier, challenge, password));
    }

    @Override
    public PasswordMethod method() {
      return PasswordMethod.CHAP;
    }

    /** What the response is computed over besides the challenge. */
    public byte identifier() {
      return identifier;
    }

    /** What was asked, one octet at least. */
    public byte[] challenge() {
      return challenge.clone();
    }

    /** What was answered, 16 octets. */
    public byte[] response() {
      return response.clone();
    }

    /** Whether the response was made with these octets; takes as long for each wrong one. */
    boolean isMadeWith(byte[] password) {
      return MessageDigest.isEqual(digest(identifier, challenge, password), response);
    }

    private static byte[] digest(byte identifier, byte[] challenge, byte[] password) {
      try {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(identifier);
        md5.update(password);
        return md5.digest(challenge);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java has no MD5, which CHAP cannot do without", e);
      }
    }

    @Override
    public String toString() {
      return "Chap[challenge of " + challenge.length + " octets]";
    }
  }

  /**
   * The response to two challenges by which the server, too, has to prove that it knows the
   * password (RFC 2759).
   *
   * @param response compares by identity
   */
  record MsChap2(MsChap2Response response) implements Password {

    @Override
    public PasswordMethod method() {
      return PasswordMethod.MSCHAPV2;
    }
  }
}
