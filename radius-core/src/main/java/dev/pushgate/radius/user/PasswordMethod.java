package dev.pushgate.radius.user;

import java.util.Locale;

/** The ways in which a packet proves a password, in the order in which a FortiGate tries them. */
public enum PasswordMethod {
  PAP("PAP"),
  MSCHAPV2("MS-CHAPv2"),
  CHAP("CHAP");

  private final String title;

  PasswordMethod(String title) {
    this.title = title;
  }

  /** The word that stands for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its name in a sentence. */
  public String title() {
    return title;
  }
}
