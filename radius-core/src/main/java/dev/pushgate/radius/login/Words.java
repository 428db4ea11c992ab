package dev.pushgate.radius.login;

/** What users read in a Reply-Message; nothing of it helps an attacker. */
public final class Words {
  public static final String WRONG_PASSWORD = "Wrong user name or password.";
  public static final String UNAVAILABLE =
      "Sign-in is not available at the moment. Please try again later.";
  public static final String TOO_LATE = "The sign-in took too long. Please try again.";
  public static final String BUSY = "Too many sign-ins at the moment. Please try again later.";
  public static final String STOPPING = "The sign-in service is restarting. Please try again.";

  public static final String TWO_SESSIONS =
      "Two sign-ins with this name came from the same place at once. Please try again in a moment.";
  public static final String TAKEN_OVER = "Another request for this sign-in has been answered.";
  public static final String PROMPT_OVER = "This sign-in is over. Please start again.";

  private Words() {}
}
