package dev.pushgate.radius.login;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a prompt is found by again (RFC 2865 section 5.24): printable ASCII, 22 characters, as
 * radcli takes it for a text. A secret that is not shown.
 *
 * @param text as it stands in the packet
 */
record State(String text) {
  private static final int OCTETS = 16;

  static State random(SecureRandom random) {
    byte[] octets = new byte[OCTETS];
    random.nextBytes(octets);
    return new State(Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
  }

  /** One that a packet carries. */
  static State received(byte[] octets) {
    return new State(new String(octets, StandardCharsets.ISO_8859_1));
  }

  @Override
  public String toString() {
    return "State[not shown]";
  }
}
