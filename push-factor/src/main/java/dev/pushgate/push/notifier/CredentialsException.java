package dev.pushgate.push.notifier;

/** A key, certificate or account file for a push service cannot be used. */
public final class CredentialsException extends Exception {
  private static final long serialVersionUID = 1;

  private final String what;
  private final String remedy;

  /**
   * @param what is wrong, for an administrator; has nothing of the file's content in it
   * @param remedy what to do
   */
  public CredentialsException(String what, String remedy) {
    super(what);
    this.what = what;
    this.remedy = remedy;
  }

  /** What is wrong. */
  public String what() {
    return what;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
