package dev.pushgate.push.privacyidea;

import dev.pushgate.push.challenge.SignedVerdict;
import dev.pushgate.push.challenge.Verdict;
import dev.pushgate.push.signed.MalformedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What an answer to a challenge says.
 *
 * @param verdict approve or deny; the app's reasons for a denial are words of its own, so none of
 *     them counts as a report
 * @param chosen what the user chose, or empty where nothing came along
 * @param signed the text that the app has signed for it
 */
record SignedAnswer(Verdict verdict, Optional<String> chosen, String signed) {
  private static final int CHOICE_CHARACTERS = 64;
  private static final int REASON_CHARACTERS = 256;

  /**
   * @throws MalformedException when it says more than one thing, or nothing that is known
   */
  static SignedAnswer read(Form form, String nonce, String serial) throws MalformedException {
    String what = nonce + "|" + serial;
    Optional<String> decline = form.optional("decline", 1);
    Optional<String> reason = form.optional("decline_reason", REASON_CHARACTERS);
    Optional<String> chosen = form.optional("presence_answer", CHOICE_CHARACTERS);
    if (decline.isPresent()) {
      if (!decline.get().equals("1") || chosen.isPresent()) {
        throw new MalformedException("'decline' must be 1, and stand without a choice");
      }
      String because = reason.filter(text -> !text.isEmpty()).map(text -> "|" + text).orElse("");
      return new SignedAnswer(Verdict.DENY, Optional.empty(), what + "|decline" + because);
    }
    if (reason.isPresent()) {
      throw new MalformedException("'decline_reason' must stand with 'decline'");
    }
    return new SignedAnswer(
        Verdict.APPROVE, chosen, what + chosen.map(choice -> "|" + choice).orElse(""));
  }

  /**
   * As challenges take it, once the signature is known to stand.
   *
   * @param nonce the challenge's own
   */
  SignedVerdict verdict(String nonce) {
    return new SignedVerdict(verdict, nonce, Optional.empty(), chosen, digest());
  }

  /** The verdict stands in it too: the text signed for a denial is also that for a choice. */
  private String digest() {
    try {
      byte[] octets = (verdict.word() + "|" + signed).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "SignedAnswer[" + verdict + ", not shown]";
  }
}
