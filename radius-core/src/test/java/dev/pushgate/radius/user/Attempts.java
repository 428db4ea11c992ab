package dev.pushgate.radius.user;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Passwords that somebody gives for a user in a test, with all the time in the world. */
public final class Attempts {
  private Attempts() {}

  /** By whatever method. */
  public static Attempt of(String userName, Password password) {
    return new Attempt(userName, password, Instant.MAX);
  }

  /** By PAP, in UTF-8. */
  public static Attempt of(String userName, String password) {
    return of(userName, new Password.Pap(password.getBytes(StandardCharsets.UTF_8)));
  }
}
