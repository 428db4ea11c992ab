package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.phone.Phone;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A login at PAM with pam_radius (tried with 2.0.0), which takes no reply whose size, authenticator
 * or source is wrong. It shows the user no Reply-Message.
 *
 * <p>The PAM service is one of a mount namespace of its own: nothing under /etc is written.
 */
class PamTest {
  private static final String SETTINGS = "kind = pam, answer-within = 30s";
  private static final String SERVICE = "pushgate-test";

  @Test
  void pam_approvedOnThePhoneAfterRetransmissions_letsTheUserIn(@TempDir Path folder)
      throws Exception {
    String pamtester = pamtester();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS);
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      Phone phone = pushgate.enrol("alice");
      try (ForeignProcess login = login(pamtester, folder, PASSWORD, 2, relay.port())) {
        OneQuestion asked = OneQuestion.after(phone, () -> relay.awaitRequests(2));
        assertThat(asked.question().from()).isEqualTo("203.0.113.77");
        asked.approve();
        assertThat(login.exit()).as(login.said()).isZero();
        assertThat(login.said()).contains("successfully authenticated");
      }
      assertThat(relay.differentRequests()).isOne();
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void pam_deniedOnThePhone_refuses(@TempDir Path folder) throws Exception {
    String pamtester = pamtester();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS)) {
      Phone phone = pushgate.enrol("alice");
      try (ForeignProcess login =
          login(pamtester, folder, PASSWORD, 2, pushgate.radius().getPort())) {
        OneQuestion.after(phone, () -> {}).deny();
        assertThat(login.exit()).isNotZero();
        assertThat(login.said()).contains("Authentication failure");
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void pam_withAWrongPassword_refusesWithoutAQuestion(@TempDir Path folder) throws Exception {
    String pamtester = pamtester();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS)) {
      Phone phone = pushgate.enrol("alice");
      try (ForeignProcess login =
          login(pamtester, folder, "wrong-horse", 2, pushgate.radius().getPort())) {
        assertThat(login.exit()).isNotZero();
        assertThat(login.said()).contains("Authentication failure");
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void pam_whoseFirstServerIsDeaf_letsTheUserInByTheSecond(@TempDir Path folder) throws Exception {
    String pamtester = pamtester();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS);
        DatagramSocket deaf =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      Phone phone = pushgate.enrol("alice");
      try (ForeignProcess login =
          login(pamtester, folder, PASSWORD, 0, deaf.getLocalPort(), pushgate.radius().getPort())) {
        OneQuestion.after(phone, () -> {}).approve();
        assertThat(login.exit()).as(login.said()).isZero();
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  /** The second server is this Pushgate by another port: a new Identifier and Authenticator. */
  @Test
  void pam_thatTurnsToItsSecondServer_asksOnceAndLetsTheUserIn(@TempDir Path folder)
      throws Exception {
    String pamtester = pamtester();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS);
        UdpRelay first = UdpRelay.to(pushgate.radius());
        UdpRelay second = UdpRelay.to(pushgate.secondRadius())) {
      Phone phone = pushgate.enrol("alice");
      try (ForeignProcess login =
          login(pamtester, folder, PASSWORD, 1, first.port(), second.port())) {
        OneQuestion.after(phone, () -> second.awaitRequests(2)).approve();
        assertThat(login.exit()).as(login.said()).isZero();
      }
      assertThat(first.differentRequests()).isOne();
      assertThat(second.differentRequests()).isOne();
      OneQuestion.noneIsLeft(phone);
    }
  }

  static String pamtester() {
    ForeignProgram.requireOneOf(
        Path.of("/lib/x86_64-linux-gnu/security/pam_radius_auth.so"),
        Path.of("/lib/aarch64-linux-gnu/security/pam_radius_auth.so"),
        Path.of("/lib64/security/pam_radius_auth.so"),
        Path.of("/lib/security/pam_radius_auth.so"));
    ForeignProgram.require("unshare");
    String pamtester = ForeignProgram.require("pamtester").toString();
    ForeignProgram.requireRoot();
    return pamtester;
  }

  /**
   * A login at a service with these servers, by their ports.
   *
   * @param retries how often it sends again to each server, every 3 s
   */
  private static ForeignProcess login(
      String pamtester, Path folder, String password, int retries, int... ports)
      throws IOException {
    return ForeignProcess.startAndType(password, command(pamtester, folder, 3, retries, ports));
  }

  /**
   * A login whose user types what is asked for, the password first.
   *
   * @param wait how long it waits for an answer, in seconds
   */
  static ForeignProcess loginByHand(String pamtester, Path folder, int wait, int port)
      throws IOException {
    return ForeignProcess.start(command(pamtester, folder, wait, 0, port));
  }

  private static List<String> command(
      String pamtester, Path folder, int wait, int retries, int... ports) throws IOException {
    StringBuilder servers = new StringBuilder();
    for (int port : ports) {
      servers.append("127.0.0.1:").append(port).append(' ').append(RunningPushgate.SECRET);
      servers.append(' ').append(wait).append('\n');
    }
    Path conf = Files.writeString(folder.resolve("pam_radius_auth.conf"), servers);
    Path services = Files.createDirectory(folder.resolve("pam.d"));
    Files.writeString(
        services.resolve(SERVICE),
        "auth required pam_radius_auth.so conf=%s retry=%d%n".formatted(conf, retries));
    return List.of(
        "unshare",
        "--mount",
        "--propagation",
        "private",
        "sh",
        "-c",
        "mount --bind \"$1\" /etc/pam.d && shift && exec \"$@\"",
        "sh",
        services.toString(),
        pamtester,
        "-v",
        "-I",
        "rhost=203.0.113.77",
        SERVICE,
        "alice",
        "authenticate");
  }
}
