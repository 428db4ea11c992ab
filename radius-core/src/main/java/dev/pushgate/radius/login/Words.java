package dev.pushgate.radius.login;

/** What users read in a Reply-Message; nothing of it helps an attacker. */
public final class Words {
  public static final String WRONG_PASSWORD = "Wrong user name or password.";
  public static final String UNAVAILABLE =
      "Sign-in is not available at the moment. Please try again later.";
  public static final String TOO_LATE = "The sign-in took too long. Please try again.";
  public static final String BUSY = "Too many sign-ins at the moment. Please try again later.";
  public static final String STOPPING = "The sign-in service is restarting. Please try again.";

  private Words() {}
}
