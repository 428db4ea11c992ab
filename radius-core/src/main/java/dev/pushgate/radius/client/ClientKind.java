package dev.pushgate.radius.client;

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

  /** The word that stands for it in the configuration, for example {@code cisco-asa}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
