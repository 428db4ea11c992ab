package dev.pushgate.command;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.Mode;
import java.util.List;
import java.util.Locale;

/**
 * What to type on a NAS so that it waits as long as Pushgate takes for an answer. From the makers'
 * documentation and, where docs/clients.md says so, from what the programs do.
 */
final class NasCommands {
  /** What strongSwan's retransmissions add up to, as a multiple of the first wait. */
  private static final double STRONGSWAN_WAITS = 7.1;

  private static final int MOST_OF_PAM = 60;
  private static final int TRIES_OF_RADCLI = 3;
  private static final int WAIT_OF_OPENVPN = 2;

  private NasCommands() {}

  /** Lines to type or to write into the NAS's own files, in order; at least one. */
  static List<String> of(Client client) {
    int seconds = Math.toIntExact(client.answerWithin().toSeconds());
    return switch (client.kind()) {
      case FORTIGATE ->
          List.of(
              "config user radius",
              "    edit \"pushgate\"",
              "        set auth-type pap",
              "        set timeout " + seconds,
              "    next",
              "end",
              "config system global",
              "    set remoteauthtimeout " + seconds,
              "end");
      case CISCO_ASA ->
          List.of(
              "aaa-server PUSHGATE protocol radius",
              "aaa-server PUSHGATE (inside) host PUSHGATE-ADDRESS",
              " timeout " + seconds,
              "! in the AnyConnect profile: <AuthenticationTimeout>"
                  + seconds
                  + "</AuthenticationTimeout>");
      case PALOALTO ->
          List.of(
              "set shared server-profile radius pushgate protocol PAP",
              "set shared server-profile radius pushgate timeout " + seconds + " retries 1",
              "# in operational mode, for the user's address:",
              "set authentication radius-vsa-on client-source-ip");
      case OCSERV ->
          List.of(
              "# radcli's radiusclient.conf:",
              "radius_timeout " + Math.ceilDiv(seconds, TRIES_OF_RADCLI),
              "radius_retries " + (TRIES_OF_RADCLI - 1),
              "# ocserv.conf:",
              "auth-timeout = 240");
      case OPENVPN ->
          List.of(
              "# each server block of radiusplugin.cnf:",
              "wait=" + WAIT_OF_OPENVPN,
              "retry=" + Math.ceilDiv(seconds, WAIT_OF_OPENVPN));
      case PAM -> pam(seconds, client.dialogue().mode());
      case STRONGSWAN ->
          List.of(
              "# strongswan.conf:",
              "charon.plugins.eap-radius.sockets = 10",
              "charon.plugins.eap-radius.retransmit_timeout = "
                  + String.format(
                      Locale.ROOT, "%.1f", Math.ceil(seconds / STRONGSWAN_WAITS * 10) / 10));
      case GENERIC ->
          List.of("its RADIUS timeout, tries included: " + seconds + " seconds or more");
    };
  }

  private static List<String> pam(int seconds, Mode mode) {
    int tries = Math.max(2, Math.ceilDiv(seconds, MOST_OF_PAM));
    // It sends the answer to a prompt once, however many tries it has.
    int wait = mode == Mode.BLOCK ? Math.ceilDiv(seconds, tries) : Math.min(seconds, MOST_OF_PAM);
    return List.of(
        "# pam_radius_auth.conf, one line for each server:",
        "PUSHGATE-ADDRESS:1812 SECRET " + wait,
        "# the service's file in /etc/pam.d:",
        "auth required pam_radius_auth.so retry=" + (tries - 1));
  }
}
