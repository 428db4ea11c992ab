package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.phone.Phone;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A login at ocserv by openconnect (tried with 1.1.6 and 9.01): ocserv asks by radcli (1.2.11).
 * Only the login is made, no tunnel. Here the request waits for the phone; {@link
 * OcservDialogueTest} has the prompts.
 */
class OcservTest {
  private static final String SETTINGS = "kind = ocserv, mode = block, answer-within = 30s";

  @Test
  void ocserv_approvedOnThePhoneAfterRetransmissions_letsTheUserIn(@TempDir Path folder)
      throws Exception {
    OcservVpn.Programs programs = OcservVpn.Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS);
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      Phone phone = pushgate.enrol("alice");
      try (OcservVpn vpn = OcservVpn.start(programs, pushgate, relay.port());
          ForeignProcess login = vpn.login(PASSWORD)) {
        OneQuestion asked = OneQuestion.after(phone, () -> relay.awaitRequests(3));
        assertThat(asked.question().from()).isEqualTo("127.0.0.1");
        asked.approve();
        assertThat(login.exit()).as(login.said()).isZero();
        assertThat(login.said()).contains("COOKIE=");
      }
      assertThat(relay.differentRequests()).isOne();
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void ocserv_deniedOnThePhone_refusesAndShowsTheWords(@TempDir Path folder) throws Exception {
    OcservVpn.Programs programs = OcservVpn.Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS)) {
      Phone phone = pushgate.enrol("alice");
      try (OcservVpn vpn = OcservVpn.start(programs, pushgate, pushgate.radius().getPort());
          ForeignProcess login = vpn.login(PASSWORD)) {
        OneQuestion.after(phone, () -> {}).deny();
        assertThat(login.exit()).isNotZero();
        assertThat(login.said())
            .contains("The sign-in was denied on your phone.")
            .doesNotContain("COOKIE=");
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void ocserv_withAWrongPassword_refusesWithoutAQuestion(@TempDir Path folder) throws Exception {
    OcservVpn.Programs programs = OcservVpn.Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS)) {
      Phone phone = pushgate.enrol("alice");
      try (OcservVpn vpn = OcservVpn.start(programs, pushgate, pushgate.radius().getPort());
          ForeignProcess login = vpn.login("wrong-horse")) {
        assertThat(login.exit()).isNotZero();
        assertThat(login.said()).contains("Wrong user name or password.").doesNotContain("COOKIE=");
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  /** The second server is this Pushgate by another port: all of the packet is new, its port too. */
  @Test
  void ocserv_thatTurnsToItsSecondServer_asksOnceAndLetsTheUserIn(@TempDir Path folder)
      throws Exception {
    OcservVpn.Programs programs = OcservVpn.Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS);
        UdpRelay first = UdpRelay.to(pushgate.radius());
        UdpRelay second = UdpRelay.to(pushgate.secondRadius())) {
      Phone phone = pushgate.enrol("alice");
      try (OcservVpn vpn = OcservVpn.start(programs, pushgate, first.port(), second.port());
          ForeignProcess login = vpn.login(PASSWORD)) {
        OneQuestion.after(phone, () -> second.awaitRequests(2)).approve();
        assertThat(login.exit()).as(login.said()).isZero();
        assertThat(login.said()).contains("COOKIE=");
      }
      assertThat(first.differentRequests()).isOne();
      assertThat(second.differentRequests()).isOne();
      OneQuestion.noneIsLeft(phone);
    }
  }
}
