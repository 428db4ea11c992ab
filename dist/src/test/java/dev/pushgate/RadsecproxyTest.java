package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.phone.Phone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A login by radclient through radsecproxy (tried with 1.9.2), over UDP on both sides. The proxy
 * gives each packet an Identifier and an Authenticator of its own, sends it again by itself, and
 * passes replies on only when their authenticators are right.
 */
class RadsecproxyTest {
  private static final String SETTINGS = "answer-within = 30s";
  private static final String SECRET = "secret-of-the-nas-at-the-proxy";

  @Test
  void radsecproxy_approvedOnThePhoneAfterRetransmissions_passesTheAcceptOn(@TempDir Path folder)
      throws Exception {
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS);
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      Phone phone = pushgate.enrol("alice");
      try (Proxy proxy = Proxy.start(programs, folder, relay.port());
          ForeignProcess login = proxy.login(PASSWORD)) {
        OneQuestion.after(phone, () -> relay.awaitRequests(2)).approve();
        assertThat(login.exit()).as(login.said()).isZero();
        assertThat(login.said())
            .containsSubsequence(
                "Received Access-Accept", "Message-Authenticator = 0x", "Proxy-State = 0x70");
      }
      assertThat(relay.differentRequests()).isOne();
      OneQuestion.noneIsLeft(phone);
    }
  }

  /**
   * Ten seconds after the first, the proxy takes a retransmission of the NAS for a new request and
   * makes it a packet with another Identifier and Authenticator.
   */
  @Test
  void radsecproxy_thatMakesANewPacketOfARetransmission_asksOnce(@TempDir Path folder)
      throws Exception {
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS);
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      Phone phone = pushgate.enrol("alice");
      try (Proxy proxy = Proxy.start(programs, folder, relay.port());
          ForeignProcess login = proxy.login(PASSWORD)) {
        OneQuestion.after(phone, () -> relay.awaitDifferentRequests(2)).approve();
        assertThat(login.exit()).as(login.said()).isZero();
        assertThat(login.said()).contains("Received Access-Accept");
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void radsecproxy_deniedOnThePhone_passesTheRejectOn(@TempDir Path folder) throws Exception {
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS)) {
      Phone phone = pushgate.enrol("alice");
      try (Proxy proxy = Proxy.start(programs, folder, pushgate.radius().getPort());
          ForeignProcess login = proxy.login(PASSWORD)) {
        OneQuestion.after(phone, () -> {}).deny();
        assertThat(login.exit()).isNotZero();
        assertThat(login.said())
            .containsSubsequence(
                "Received Access-Reject",
                "Reply-Message = \"The sign-in was denied on your phone.\"");
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void radsecproxy_withAWrongPassword_passesTheRejectOn(@TempDir Path folder) throws Exception {
    Programs programs = Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, SETTINGS)) {
      Phone phone = pushgate.enrol("alice");
      try (Proxy proxy = Proxy.start(programs, folder, pushgate.radius().getPort());
          ForeignProcess login = proxy.login("wrong-horse")) {
        assertThat(login.exit()).isNotZero();
        assertThat(login.said())
            .containsSubsequence(
                "Received Access-Reject", "Reply-Message = \"Wrong user name or password.\"");
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  private record Programs(Path radsecproxy, Path radclient) {
    static Programs require() {
      return new Programs(
          ForeignProgram.require("radsecproxy"), ForeignProgram.require("radclient"));
    }
  }

  /** A proxy between NASes that know one secret and a server that knows another. */
  private record Proxy(Programs programs, Path folder, int port, ForeignProcess radsecproxy)
      implements AutoCloseable {

    static Proxy start(Programs programs, Path folder, int server) throws IOException {
      int port = RunningPushgate.freeUdpPort();
      Path configuration =
          Files.writeString(
              folder.resolve("radsecproxy.conf"),
              """
              ListenUDP 127.0.0.1:%d
              LogLevel 2
              client nas {
                host 127.0.0.1
                type udp
                secret %s
              }
              server pushgate {
                host 127.0.0.1
                port %d
                type udp
                secret %s
              }
              realm * {
                server pushgate
              }
              """
                  .formatted(port, SECRET, server, RunningPushgate.SECRET));
      ForeignProcess radsecproxy =
          ForeignProcess.start(
              List.of(programs.radsecproxy().toString(), "-f", "-c", configuration.toString()));
      radsecproxy.awaitWords("listening for udp");
      return new Proxy(programs, folder, port, radsecproxy);
    }

    ForeignProcess login(String password) throws IOException {
      Path secret = Files.writeString(folder.resolve("secret"), SECRET);
      return ForeignProcess.startAndType(
          "User-Name=alice, User-Password="
              + password
              + ", Message-Authenticator=0x00, Calling-Station-Id=203.0.113.77"
              + ", Acct-Session-Id=5f000001, Proxy-State=0x70",
          List.of(
              programs.radclient().toString(),
              "-x",
              "-t",
              "5",
              "-r",
              "6",
              "-S",
              secret.toString(),
              "127.0.0.1:" + port,
              "auth"));
    }

    @Override
    public void close() {
      radsecproxy.close();
    }
  }
}
