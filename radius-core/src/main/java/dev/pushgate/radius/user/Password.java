package dev.pushgate.radius.user;

import java.util.Arrays;

/** What a request offers as proof of the password, by method. */
public sealed interface Password {

  /**
   * The password itself, unhidden from User-Password (RFC 2865 section 5.2).
   *
   * <p>Compares by identity and prints nothing of the password.
   */
  final class Pap implements Password {
    private final byte[] octets;

    /**
     * @param octets the password without the padding, 0 to 128 octets; copied
     */
    public Pap(byte[] octets) {
      this.octets = octets.clone();
    }

    /** A copy of the octets as they came: UTF-8 from most clients, Latin-1 from some. */
    public byte[] octets() {
      return octets.clone();
    }

    /** Whether the password can be right at all: not empty and without a NUL. */
    public boolean isPossible() {
      if (octets.length == 0) {
        return false;
      }
      for (byte octet : octets) {
        if (octet == 0) {
          return false;
        }
      }
      return true;
    }

    /** Overwrites this copy of the password. */
    public void clear() {
      Arrays.fill(octets, (byte) 0);
    }

    @Override
    public String toString() {
      return "Pap[" + octets.length + " octets, not shown]";
    }
  }
}
