package dev.pushgate.push.policy;

import java.util.Locale;

/** What a login must show besides the password; the strictest stands first. */
public enum Requirement {
  /** Nobody comes in. */
  DENY,
  /** An approval on the phone, with the number that the VPN prompt shows. */
  NUMBER,
  /** An approval on the phone. */
  PUSH,
  /** A one-time code. */
  CODE,
  /** Either of the two. */
  PUSH_OR_CODE,
  /** The password is enough. */
  NONE;

  /** The word that stands for it in the configuration, for example {@code push-or-code}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
