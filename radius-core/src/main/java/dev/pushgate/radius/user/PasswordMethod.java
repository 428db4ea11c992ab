package dev.pushgate.radius.user;

import java.util.Locale;

/** The ways in which a packet proves a password, in the order in which a FortiGate tries them. */
public enum PasswordMethod {
  PAP,
  MSCHAPV2,
  CHAP;

  /** The word that stands for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
