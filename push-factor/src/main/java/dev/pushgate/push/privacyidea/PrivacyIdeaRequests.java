package dev.pushgate.push.privacyidea;

import dev.pushgate.push.phone.PhoneAnswer;
import java.net.InetAddress;
import java.util.List;

/**
 * What privacyIDEA Authenticator may ask, one method for each of its requests; {@link
 * PrivacyIdeaPhones} answers.
 *
 * <p>Called by many threads at once; the methods may block.
 */
public interface PrivacyIdeaRequests {

  /**
   * Enrolment: spends the credential and keeps the app's key.
   *
   * @return this server's public key: base64 of an RSAPublicKey in DER (RFC 8017 appendix A.1.1)
   */
  PhoneAnswer<String> enrol(Form form, InetAddress from) throws InterruptedException;

  /**
   * The app tells where pushes go, also when it has been told to poll. Nothing is kept of it: the
   * Firebase project behind it is not ours.
   *
   * @return true
   */
  PhoneAnswer<Boolean> updateToken(Form form) throws InterruptedException;

  /** Poll: the open challenges of the device's user that this app can answer, newest first. */
  PhoneAnswer<List<PrivacyIdeaChallenge>> poll(Form query) throws InterruptedException;

  /**
   * The answer to a challenge, which settles it and wakes the login. The same answer again has the
   * same result.
   *
   * @return whether it settled the challenge as it says; false for a wrong choice, for a challenge
   *     that is over or was settled otherwise, and for one that this device was never asked
   */
  PhoneAnswer<Boolean> answer(Form form) throws InterruptedException;
}
