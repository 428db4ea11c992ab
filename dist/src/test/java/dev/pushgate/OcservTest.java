package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.phone.Phone;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A login at ocserv by openconnect (tried with 1.1.6 and 9.01): ocserv asks by radcli (1.2.11).
 * Only the login is made, no tunnel.
 */
class OcservTest {
  private static final String SETTINGS = "kind = ocserv, answer-within = 30s";

  @Test
  void ocserv_approvedOnThePhoneAfterRetransmissions_letsTheUserIn(@TempDir Path folder)
      throws Exception {
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS);
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      Phone phone = pushgate.enrol("alice");
      try (Vpn vpn = Vpn.start(programs, pushgate, relay.port());
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
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS)) {
      Phone phone = pushgate.enrol("alice");
      try (Vpn vpn = Vpn.start(programs, pushgate, pushgate.radius().getPort());
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
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS)) {
      Phone phone = pushgate.enrol("alice");
      try (Vpn vpn = Vpn.start(programs, pushgate, pushgate.radius().getPort());
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
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS);
        UdpRelay first = UdpRelay.to(pushgate.radius());
        UdpRelay second = UdpRelay.to(pushgate.secondRadius())) {
      Phone phone = pushgate.enrol("alice");
      try (Vpn vpn = Vpn.start(programs, pushgate, first.port(), second.port());
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

  private record Programs(Path ocserv, Path openconnect, Path openssl, Path dictionary) {
    static Programs require() {
      ForeignProgram.requireRoot();
      return new Programs(
          ForeignProgram.require("ocserv"),
          ForeignProgram.require("openconnect"),
          ForeignProgram.require("openssl"),
          ForeignProgram.requireOneOf(
              Path.of("/etc/radcli/dictionary"), Path.of("/usr/share/radcli/dictionary")));
    }

    List<String> selfSigned(Path certificate, Path key) {
      return List.of(
          openssl.toString(),
          "req",
          "-x509",
          "-newkey",
          "rsa:2048",
          "-nodes",
          "-subj",
          "/CN=127.0.0.1",
          "-out",
          certificate.toString(),
          "-keyout",
          key.toString());
    }
  }

  private record Vpn(Programs programs, Path certificate, int port, ForeignProcess ocserv)
      implements AutoCloseable {

    /** An ocserv that asks these servers, by their ports. */
    static Vpn start(Programs programs, RunningPushgate pushgate, int... radius) throws Exception {
      Path folder = Files.createDirectory(pushgate.folder().resolve("ocserv"));
      Path certificate = folder.resolve("certificate.pem");
      Path key = folder.resolve("key.pem");
      // GnuTLS 3.7 does not read a key of elliptic curves as Java writes it, so not Pushgate's own.
      try (ForeignProcess made = ForeignProcess.start(programs.selfSigned(certificate, key))) {
        assertThat(made.exit()).as(made.said()).isZero();
      }
      Path servers =
          Files.writeString(
              folder.resolve("servers"), "127.0.0.1 " + RunningPushgate.SECRET + "\n");
      Path radcli =
          Files.writeString(
              folder.resolve("radcli.conf"),
              """
              authserver %1$s
              acctserver %1$s
              servers %2$s
              dictionary %3$s
              radius_timeout 2
              radius_retries 3
              bindaddr *
              """
                  .formatted(
                      Arrays.stream(radius)
                          .mapToObj(each -> "127.0.0.1:" + each)
                          .collect(Collectors.joining(",")),
                      servers,
                      programs.dictionary()));
      int port = RunningPushgate.freeTcpPort();
      Path configuration =
          Files.writeString(
              folder.resolve("ocserv.conf"),
              """
              auth = "radius[config=%s]"
              listen-host = 127.0.0.1
              tcp-port = %d
              server-cert = %s
              server-key = %s
              socket-file = %s
              pid-file = %s
              run-as-user = root
              run-as-group = root
              isolate-workers = false
              use-occtl = false
              device = vpns
              ipv4-network = 198.51.100.0
              ipv4-netmask = 255.255.255.0
              """
                  .formatted(
                      radcli,
                      port,
                      certificate,
                      key,
                      folder.resolve("socket"),
                      folder.resolve("pid")));
      ForeignProcess ocserv =
          ForeignProcess.start(
              List.of(
                  programs.ocserv().toString(),
                  "--foreground",
                  "--debug=2",
                  "--config=" + configuration));
      ocserv.awaitLine("sec-mod initialized");
      return new Vpn(programs, certificate, port, ocserv);
    }

    ForeignProcess login(String password) throws Exception {
      return ForeignProcess.startAndType(
          password,
          List.of(
              programs.openconnect().toString(),
              "--authenticate",
              "--non-inter",
              "--passwd-on-stdin",
              "--user=alice",
              "--servercert=pin-sha256:" + pin(),
              "https://127.0.0.1:" + port + "/"));
    }

    /** The hash of the certificate's public key, which openconnect wants to know. */
    private String pin() throws Exception {
      try (InputStream pem = Files.newInputStream(certificate)) {
        byte[] key =
            CertificateFactory.getInstance("X.509")
                .generateCertificate(pem)
                .getPublicKey()
                .getEncoded();
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
      }
    }

    @Override
    public void close() {
      ocserv.close();
    }
  }
}
