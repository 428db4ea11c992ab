package dev.pushgate.command;

import dev.pushgate.radius.packet.UntrustedText;

/** Who runs a command, for the record. */
final class Administrator {
  private Administrator() {}

  /** The user of this machine, the one behind sudo where there is one; safe to show. */
  static String name() {
    String behindSudo = System.getenv("SUDO_USER");
    return UntrustedText.shown(
        behindSudo == null || behindSudo.isBlank()
            ? System.getProperty("user.name", "unknown")
            : behindSudo);
  }
}
