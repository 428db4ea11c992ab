package dev.pushgate.push.privacyidea;

import java.util.Optional;

/**
 * A challenge as privacyIDEA Authenticator reads it. One entry that it cannot read spoils a whole
 * list for it, so nothing here is ever empty.
 *
 * @param nonce base32 without padding, since its length needs none
 * @param url where the answer goes
 * @param serial of the device that is asked
 * @param question for the user: who signs in where, made safe to show
 * @param title for the user: the service
 * @param requirePresence 2 to 10 options with commas between them, of which the user must choose
 *     one, or empty for none
 * @param signature base32 of the server's signature over {@link #signed()}
 */
public record PrivacyIdeaChallenge(
    String nonce,
    String url,
    String serial,
    String question,
    String title,
    Optional<String> requirePresence,
    String signature) {

  /** The app then wants a certificate that it trusts; we never ask it not to. */
  public static final String SSL_VERIFY = "1";

  static PrivacyIdeaChallenge signedBy(
      ServerKey key,
      String nonce,
      String url,
      String serial,
      String question,
      String title,
      Optional<String> requirePresence) {
    PrivacyIdeaChallenge unsigned =
        new PrivacyIdeaChallenge(nonce, url, serial, question, title, requirePresence, "");
    return new PrivacyIdeaChallenge(
        nonce, url, serial, question, title, requirePresence, key.sign(unsigned.signed()));
  }

  /** What the signature is over. */
  String signed() {
    return String.join("|", nonce, url, serial, question, title, SSL_VERIFY)
        + requirePresence.map(options -> "|" + options).orElse("");
  }

  @Override
  public String toString() {
    return "PrivacyIdeaChallenge[for " + serial + ", not shown]";
  }
}
