package dev.pushgate.push.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

  /** The requirement that a word stands for; empty where it may be a plugin's name. */
  public static Optional<Requirement> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
