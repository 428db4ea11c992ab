package dev.pushgate.radius.user;

import java.util.regex.Pattern;

/** Mail addresses that are given to the administrator's mail program. */
public final class MailAddress {
  /** As much of a mail address as a mail program needs; no options, no lists, nothing hidden. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]{0,189}");

  private MailAddress() {}

  /**
   * Whether the text is one address and nothing else.
   *
   * @param text may be hostile
   */
  public static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches();
  }
}
