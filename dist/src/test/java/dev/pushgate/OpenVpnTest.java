package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.command.TotpApp;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A login at OpenVPN (tried with 2.6.14) by the RADIUS plugin openvpn-auth-radius (2.1). Each retry
 * of the plugin, one a second, is a packet with a new Authenticator from a new port, and the old
 * port is closed: only the newest packet can be answered.
 *
 * <p>Both ends have no tunnel device.
 */
class OpenVpnTest {
  private static final String SETTINGS = "kind = openvpn, answer-within = 30s";
  private static final String APPEND = SETTINGS + ", append = on";
  private static final String IN = "Initialization Sequence Completed";

  @Test
  void openvpn_approvedOnThePhoneAfterRetries_letsTheUserIn(@TempDir Path folder) throws Exception {
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS);
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      Phone phone = pushgate.enrol("alice");
      try (Vpn vpn = Vpn.start(programs, pushgate, relay.port());
          ForeignProcess login = vpn.login(PASSWORD)) {
        OneQuestion asked = OneQuestion.after(phone, () -> relay.awaitDifferentRequests(3));
        assertThat(asked.question().from()).isEqualTo("127.0.0.1");
        asked.approve();
        login.awaitWords(IN);
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void openvpn_deniedOnThePhone_refusesAndLogsTheWords(@TempDir Path folder) throws Exception {
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS);
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      Phone phone = pushgate.enrol("alice");
      try (Vpn vpn = Vpn.start(programs, pushgate, relay.port());
          ForeignProcess login = vpn.login(PASSWORD)) {
        OneQuestion.after(phone, () -> {}).deny();
        vpn.awaitRefusal("The sign-in was denied on your phone.");
        assertThat(login.said()).doesNotContain(IN);
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  /** The plugin listens for a second, so the Reject must come before the usual delay is over. */
  @Test
  void openvpn_withAWrongPassword_refusesWithoutAQuestion(@TempDir Path folder) throws Exception {
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS);
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      Phone phone = pushgate.enrol("alice");
      try (Vpn vpn = Vpn.start(programs, pushgate, relay.port());
          ForeignProcess login = vpn.login("wrong-horse")) {
        vpn.awaitRefusal("Wrong user name or password.");
        assertThat(login.said()).doesNotContain(IN);
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  /**
   * The plugin takes a Challenge for a refusal: what would answer one stands behind the password.
   */
  @Test
  void openvpn_withPushBehindThePassword_letsTheUserInOnceApproved(@TempDir Path folder)
      throws Exception {
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, APPEND);
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      Phone phone = pushgate.enrol("alice");
      try (Vpn vpn = Vpn.start(programs, pushgate, relay.port());
          ForeignProcess login = vpn.login(PASSWORD + ",push")) {
        OneQuestion.after(phone, () -> relay.awaitDifferentRequests(3)).approve();
        login.awaitWords(IN);
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void openvpn_withACodeBehindThePassword_letsTheUserInWithoutAQuestion(@TempDir Path folder)
      throws Exception {
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, APPEND);
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      Phone phone = pushgate.enrol("alice");
      TotpApp app = pushgate.enrolCodes("alice");
      try (Vpn vpn = Vpn.start(programs, pushgate, relay.port());
          ForeignProcess login = vpn.login(PASSWORD + "," + app.code())) {
        login.awaitWords(IN);
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  /** As the hourly renegotiation, every few seconds: each checks user and password again. */
  @ParameterizedTest
  @ValueSource(strings = {"", ",push"})
  void openvpn_thatRenegotiates_asksOnceWhereTheLoginIsRemembered(
      String appended, @TempDir Path folder) throws Exception {
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, APPEND + ", remember = 1h");
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      pushgate.makeKeys();
      Phone phone = pushgate.enrol("alice");
      try (Vpn vpn = Vpn.start(programs, pushgate, relay.port(), "reneg-sec 5");
          ForeignProcess login = vpn.login(PASSWORD + appended)) {
        OneQuestion.after(phone, () -> {}).approve();
        login.awaitWords(IN);
        Path audit = pushgate.state().folder().resolve("audit.jsonl");
        await()
            .atMost(Duration.ofSeconds(40))
            .until(() -> Files.readString(audit).split("\"remembered\"", -1).length > 2);
        assertThat(login.said()).doesNotContain("AUTH_FAILED");
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  private record Programs(Path openvpn, Path plugin) {
    static Programs require() {
      return new Programs(
          ForeignProgram.require("openvpn"),
          ForeignProgram.requireOneOf(Path.of("/usr/lib/openvpn/radiusplugin.so")));
    }
  }

  /** A server that asks by the plugin; both ends show Pushgate's own certificate. */
  private record Vpn(
      Programs programs, RunningPushgate pushgate, Path folder, int port, ForeignProcess server)
      implements AutoCloseable {

    /**
     * @param radius the port of the RADIUS server
     * @param moreSettings lines of the server's configuration
     */
    static Vpn start(
        Programs programs, RunningPushgate pushgate, int radius, String... moreSettings)
        throws Exception {
      Path folder = Files.createDirectory(pushgate.folder().resolve("openvpn"));
      // The plugin looks for some settings in OpenVPN's file by itself.
      Path looked =
          Files.writeString(
              folder.resolve("looked-at.conf"),
              """
              username-as-common-name
              status %s 1
              status-version 1
              """
                  .formatted(folder.resolve("status")));
      Path plugin =
          Files.writeString(
              folder.resolve("plugin.conf"),
              """
              NAS-Identifier=openvpn
              NAS-IP-Address=127.0.0.1
              NAS-Port-Type=5
              Service-Type=5
              OpenVPNConfig=%s
              subnet=255.255.255.0
              useauthcontrolfile=true
              server
              {
              	authport=%d
              	acctport=9
              	name=127.0.0.1
              	retry=25
              	wait=1
              	sharedsecret=%s
              }
              """
                  .formatted(looked, radius, RunningPushgate.SECRET));
      int port = RunningPushgate.freeUdpPort();
      Path configuration =
          Files.writeString(
              folder.resolve("server.conf"),
              common(pushgate)
                  + """
                  tls-server
                  dh none
                  local 127.0.0.1
                  port %d
                  tmp-dir %s
                  plugin %s %s
                  verb 3
                  """
                      .formatted(port, folder, programs.plugin(), plugin)
                  + String.join("\n", moreSettings)
                  + "\n");
      ForeignProcess server =
          ForeignProcess.start(
              List.of(programs.openvpn().toString(), "--config", configuration.toString()));
      server.awaitWords("link local (bound)");
      return new Vpn(programs, pushgate, folder, port, server);
    }

    private static String common(RunningPushgate pushgate) throws Exception {
      return """
      dev null
      proto udp
      cert %s
      key %s
      peer-fingerprint %s
      cipher AES-256-GCM
      """
          .formatted(
              pushgate.certificate(),
              pushgate.certificate().resolveSibling("tls.key"),
              fingerprint(pushgate.certificate()));
    }

    private static String fingerprint(Path certificate) throws Exception {
      try (InputStream pem = Files.newInputStream(certificate)) {
        byte[] encoded =
            CertificateFactory.getInstance("X.509").generateCertificate(pem).getEncoded();
        return HexFormat.ofDelimiter(":")
            .withUpperCase()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
      }
    }

    ForeignProcess login(String password) throws Exception {
      Path typed = Files.writeString(folder.resolve("typed"), "alice\n" + password + "\n");
      Path configuration =
          Files.writeString(
              folder.resolve("client.conf"),
              common(pushgate)
                  + """
                  tls-client
                  pull
                  remote 127.0.0.1 %d
                  nobind
                  auth-user-pass %s
                  """
                      .formatted(port, typed));
      return ForeignProcess.start(
          List.of(programs.openvpn().toString(), "--config", configuration.toString()));
    }

    /** Waits until the plugin has refused a login and logged why. */
    void awaitRefusal(String words) {
      // Not with what stands before them: the plugin writes a line in pieces, others between them.
      server.awaitWords(words);
      server.awaitWords("Auth failed!");
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
