package dev.pushgate.push.signed;

/**
 * A message that no phone which follows docs/phone-api.md sends.
 *
 * <p>The text is for the maker of an app. It names members and rules, and never repeats anything of
 * the message, which may be an attacker's.
 */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param detail what is wrong; holds nothing of the message
   */
  public MalformedException(String detail) {
    // Strangers cause these as often as they like: a stack trace would be their price, paid by us.
    super(detail, null, false, false);
  }

  /** What is wrong; holds nothing of the message. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
