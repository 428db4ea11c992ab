package dev.pushgate.push.challenge;

import java.util.Optional;

/**
 * What a device has signed, once the signature is known to stand.
 *
 * @param verdict approve, deny or report
 * @param nonce the challenge's, repeated
 * @param number 2 to 8 ASCII digits that the user typed, or empty where none came along
 * @param chosen the option that the user chose, as any text, or empty where none came along
 * @param digest SHA-256 of the whole message
 */
public record SignedVerdict(
    Verdict verdict,
    String nonce,
    Optional<String> number,
    Optional<String> chosen,
    String digest) {

  /** One in which nothing was chosen. */
  public SignedVerdict(Verdict verdict, String nonce, Optional<String> number, String digest) {
    this(verdict, nonce, number, Optional.empty(), digest);
  }
}
