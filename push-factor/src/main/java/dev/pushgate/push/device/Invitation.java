package dev.pushgate.push.device;

import java.time.Instant;

/**
 * What a user is given to enrol a phone.
 *
 * @param code the enrolment code in groups; a secret
 * @param url opens the enrolment page with the code in the fragment, which reaches no log; a secret
 * @param expires when the code ends
 */
public record Invitation(String code, String url, Instant expires) {
  @Override
  public String toString() {
    return "Invitation[not shown, expires=" + expires + "]";
  }
}
