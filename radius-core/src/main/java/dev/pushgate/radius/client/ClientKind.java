package dev.pushgate.radius.client;

import java.time.Duration;
import java.util.Locale;

/** What product a client is: how it behaves where the RFCs leave it a choice. */
public enum ClientKind {
  GENERIC,
  PAM,
  OPENVPN,
  STRONGSWAN,
  FORTIGATE,
  OCSERV,
  CISCO_ASA,
  PALOALTO;

  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  /**
   * How long after receipt a wrong password may be answered at the latest, so that the NAS still
   * hears of it. OpenVPN's plugin closes its port after a second and sends a new packet, which
   * would be another wrong password.
   */
  public Duration rejectDelay(Duration configured) {
    return this == OPENVPN && configured.compareTo(HALF_A_SECOND) > 0 ? HALF_A_SECOND : configured;
  }

  /** The word that stands for it in the configuration, for example {@code cisco-asa}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
