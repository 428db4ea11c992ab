package dev.pushgate.radius.client;

import java.util.Locale;

/** How the second factor comes into a login at a client; what shows users more stands behind. */
public enum Mode {
  /** The request waits until the user has answered on the phone. */
  BLOCK,
  /** A prompt asks for a code or for leave to send a notification. */
  CHALLENGE,
  /** A prompt shows a number that the user types on the phone. */
  NUMBER;

  /** The word that stands for it in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
