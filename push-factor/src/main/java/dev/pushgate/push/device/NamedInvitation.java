package dev.pushgate.push.device;

import java.time.Instant;

/**
 * What an app is given that must know beforehand by what name its device will go.
 *
 * @param code the enrolment code, 26 letters and digits; a secret
 * @param serial what will be the device's identifier: 30 upper case letters and digits
 * @param expires when the code ends
 */
public record NamedInvitation(String code, String serial, Instant expires) {
  @Override
  public String toString() {
    return "NamedInvitation[" + serial + ", not shown, expires=" + expires + "]";
  }
}
