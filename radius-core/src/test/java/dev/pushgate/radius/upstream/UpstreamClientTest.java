package dev.pushgate.radius.upstream;

import static dev.pushgate.radius.upstream.StandInServer.SECRET;
import static dev.pushgate.radius.upstream.StandInServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pushgate.radius.LogLines;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.packet.SharedSecret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinyradius.packet.RadiusPacket;

/** The client and servers with faults, over UDP. */
class UpstreamClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static UpstreamClient client(Duration timeout, UpstreamServer... servers) {
    return client(timeout, Duration.ofMillis(500), servers);
  }

  private static UpstreamClient client(
      Duration timeout, Duration deadTime, UpstreamServer... servers) {
    return new UpstreamClient(
        new UpstreamSettings(List.of(servers), timeout, deadTime, true, 64),
        InstantSource.system(),
        new SecureRandom());
  }

  private static UpstreamReply ask(UpstreamClient client) throws InterruptedException {
    return client.ask(
        request ->
            request
                .add(AttributeType.USER_NAME, "alice".getBytes(StandardCharsets.UTF_8))
                .addPassword("right".getBytes(StandardCharsets.UTF_8)),
        Instant.now().plusSeconds(60));
  }

  private static UpstreamServer answeredBy(UpstreamReply reply) {
    assertThat(reply).isInstanceOf(UpstreamReply.Answered.class);
    return ((UpstreamReply.Answered) reply).server();
  }

  private static String whyUnanswered(UpstreamReply reply) {
    assertThat(reply).isInstanceOf(UpstreamReply.Unanswered.class);
    return ((UpstreamReply.Unanswered) reply).why();
  }

  @Test
  void request_isSignedFirstAndAnswered() throws Exception {
    try (StandInServer server = StandInServer.accepting();
        UpstreamClient client = client(PATIENCE, server.server())) {
      for (int i = 0; i < 3; i++) {
        assertThat(answeredBy(ask(client))).isEqualTo(server.server());
      }

      assertThat(server.requests()).hasSize(3).allMatch(ReceivedPacket::isSigned);
      // Type and length of a Message-Authenticator behind the header.
      assertThat(server.datagrams()).allMatch(datagram -> datagram.startsWith("5012", 40));
      assertThat(server.requests())
          .extracting(request -> HexFormat.of().formatHex(request.getAuthenticator()))
          .doesNotHaveDuplicates();
      assertThat(server.requests().getFirst().revealPassword(SECRET)).contains(utf8("right"));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] accept(ReceivedPacket request) {
    return reply(RadiusPacket.ACCESS_ACCEPT, request).encode();
  }

  private static byte[] withAnotherSecret(ReceivedPacket request) {
    return new Reply(RadiusPacket.ACCESS_ACCEPT, request, SharedSecret.of("guessed")).encode();
  }

  private static byte[] turned(ReceivedPacket request) {
    byte[] octets = accept(request);
    octets[octets.length - 1] ^= 1;
    return octets;
  }

  /** Wrong in its Message-Authenticator alone. */
  private static byte[] wronglySigned(ReceivedPacket request) {
    byte[] octets = accept(request);
    octets[30] ^= 1;
    return sealed(octets, request);
  }

  private static byte[] otherIdentifier(ReceivedPacket request) {
    byte[] other = new byte[20];
    other[0] = RadiusPacket.ACCESS_REQUEST;
    other[1] = (byte) (request.getPacketIdentifier() ^ 1);
    other[3] = (byte) other.length;
    System.arraycopy(request.getAuthenticator(), 0, other, 4, 16);
    return PacketDecoder.decodeRequest(other, other.length, SECRET)
            instanceof PacketDecoder.Decoded.Packet(ReceivedPacket packet)
        ? accept(packet)
        : new byte[0];
  }

  /** As old servers answer: a right Response Authenticator, and no Message-Authenticator. */
  private static byte[] unsigned(ReceivedPacket request, byte[] attributes) {
    byte[] octets = Arrays.copyOf(new byte[20], 20 + attributes.length);
    octets[0] = RadiusPacket.ACCESS_ACCEPT;
    octets[1] = (byte) request.getPacketIdentifier();
    octets[3] = (byte) octets.length;
    System.arraycopy(attributes, 0, octets, 20, attributes.length);
    return sealed(octets, request);
  }

  /** Puts the right Response Authenticator (RFC 2865 section 3) in. */
  private static byte[] sealed(byte[] octets, ReceivedPacket request) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(octets, 0, 4);
      md5.update(request.getAuthenticator());
      md5.update(octets, 20, octets.length - 20);
      byte[] authenticator = md5.digest(utf8("secret of the upstream"));
      System.arraycopy(authenticator, 0, octets, 4, 16);
      return octets;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<Arguments> forgeries() {
    return Stream.of(
        forgery(DiscardReason.RESPONSE_AUTHENTICATOR, UpstreamClientTest::withAnotherSecret),
        forgery(DiscardReason.RESPONSE_AUTHENTICATOR, UpstreamClientTest::turned),
        forgery(DiscardReason.MESSAGE_AUTHENTICATOR_WRONG, UpstreamClientTest::wronglySigned),
        forgery(DiscardReason.OTHER_REQUEST, UpstreamClientTest::otherIdentifier),
        forgery(
            DiscardReason.MESSAGE_AUTHENTICATOR_MISSING, request -> unsigned(request, new byte[0])),
        forgery(DiscardReason.LENGTH, _ -> new byte[5]));
  }

  private static Arguments forgery(DiscardReason reason, Function<ReceivedPacket, byte[]> forgery) {
    return Arguments.of(reason, forgery);
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void forgedReply_isDroppedCountedAndLoggedAndTheRealOneIsTaken(
      DiscardReason reason, Function<ReceivedPacket, byte[]> forgery) throws Exception {
    try (StandInServer server =
            StandInServer.behaving(
                request ->
                    List.of(
                        forgery.apply(request),
                        forgery.apply(request),
                        reply(RadiusPacket.ACCESS_REJECT, request).encode()));
        UpstreamClient client = client(PATIENCE, server.server());
        LogLines log = LogLines.open()) {
      UpstreamReply reply = ask(client);

      var _ = answeredBy(reply);
      assertThat(((UpstreamReply.Answered) reply).answer().isAccept()).isFalse();
      assertThat(client.ignored().of(reason)).isEqualTo(2);
      assertThat(log.lines())
          .filteredOn(
              line -> line.startsWith("WARN ignoring replies of the RADIUS server 127.0.0.1"))
          .singleElement()
          .asString()
          .contains(reason.words());
    }
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void forgedReplies_alone_areNoAnswer(
      DiscardReason reason, Function<ReceivedPacket, byte[]> forgery) throws Exception {
    try (StandInServer server = StandInServer.behaving(request -> List.of(forgery.apply(request)));
        UpstreamClient client = client(Duration.ofMillis(800), server.server())) {
      assertThat(whyUnanswered(ask(client))).contains(reason.words());
    }
  }

  @Test
  void unsignedReply_isTakenWhereThatIsSet_butNotWithAProxyState() throws Exception {
    try (StandInServer server =
        StandInServer.behaving(request -> List.of(unsigned(request, new byte[0])))) {
      UpstreamServer lax = new UpstreamServer(server.address(), SECRET, true);
      try (UpstreamClient client = client(Duration.ofMillis(800), lax)) {
        assertThat(answeredBy(ask(client))).isEqualTo(lax);
        server.behave(request -> List.of(unsigned(request, new byte[] {33, 3, 1})));
        assertThat(whyUnanswered(ask(client))).contains("Proxy-State without");
      }
    }
  }

  @Test
  void silentServer_isLeftForTheNextAndUsedAgainWithin5SecondsOfItsReturn() throws Exception {
    try (StandInServer first = StandInServer.silent();
        StandInServer second = StandInServer.accepting();
        UpstreamClient client =
            client(Duration.ofSeconds(4), Duration.ofSeconds(30), first.server(), second.server());
        LogLines log = LogLines.open()) {
      assertThat(answeredBy(ask(client))).isEqualTo(second.server());
      long asked = System.nanoTime();
      assertThat(answeredBy(ask(client))).isEqualTo(second.server());
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofMillis(1800));
      first.behave(StandInServer::accept);

      await()
          .atMost(5, TimeUnit.SECONDS)
          .until(() -> answeredBy(ask(client)).equals(first.server()));
      assertThat(log.lines())
          .anyMatch(line -> line.startsWith("WARN the RADIUS server is passed over"))
          .contains("INFO the RADIUS server " + first.server() + " answers again");
    }
  }

  /** NPS knows no Status-Server. */
  @Test
  void serverThatAnswersNoStatusServer_isFoundAgainByOneRequestAtATime() throws Exception {
    try (StandInServer first = StandInServer.silent();
        StandInServer second = StandInServer.accepting();
        UpstreamClient client = client(Duration.ofSeconds(4), first.server(), second.server())) {
      assertThat(answeredBy(ask(client))).isEqualTo(second.server());
      first.behave(
          request ->
              request.getPacketType() == RadiusPacket.STATUS_SERVER
                  ? List.of()
                  : StandInServer.accept(request));

      await()
          .atMost(5, TimeUnit.SECONDS)
          .until(() -> answeredBy(ask(client)).equals(first.server()));
    }
  }

  @Test
  void closedPort_countsAtOnce_andItsReturnIsNoticed() throws Exception {
    StandInServer gone = StandInServer.accepting();
    int port = gone.address().getPort();
    UpstreamServer first = gone.server();
    gone.stop();
    try (StandInServer second = StandInServer.accepting();
        UpstreamClient client = client(Duration.ofSeconds(20), first, second.server())) {
      long start = System.nanoTime();
      assertThat(answeredBy(ask(client))).isEqualTo(second.server());
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));

      try (StandInServer back = StandInServer.on(port, StandInServer::accept)) {
        await()
            .atMost(5, TimeUnit.SECONDS)
            .until(() -> answeredBy(ask(client)).equals(back.server()));
      }
    }
  }

  @Test
  void bothDead_isUnansweredAndNamesThem_andTheFirstThatReturnsIsUsed() throws Exception {
    try (StandInServer first = StandInServer.silent();
        StandInServer second = StandInServer.silent();
        UpstreamClient client = client(Duration.ofMillis(2500), first.server(), second.server())) {
      assertThat(whyUnanswered(ask(client)))
          .contains(first.server().toString(), second.server().toString(), "Message-Authenticator");
      second.behave(StandInServer::accept);
      assertThat(answeredBy(ask(client))).isEqualTo(second.server());
    }
  }

  @Test
  void slowServer_isWaitedForThroughItsRetransmissions() throws Exception {
    StandInServer[] self = new StandInServer[1];
    try (StandInServer server =
        StandInServer.behaving(
            request -> self[0].requests().size() < 2 ? List.of() : StandInServer.accept(request))) {
      self[0] = server;
      try (UpstreamClient client = client(PATIENCE, server.server())) {
        assertThat(answeredBy(ask(client))).isEqualTo(server.server());
      }
      assertThat(server.datagrams()).hasSize(2);
      assertThat(server.datagrams().getFirst()).isEqualTo(server.datagrams().getLast());
    }
  }

  @Test
  void moreThanMayWait_areBusyAndNothingIsSent() throws Exception {
    try (StandInServer server = StandInServer.silent();
        UpstreamClient client =
            new UpstreamClient(
                new UpstreamSettings(
                    List.of(server.server()), PATIENCE, Duration.ofSeconds(4), true, 1),
                InstantSource.system(),
                new SecureRandom())) {
      CompletableFuture<UpstreamReply> waiting = new CompletableFuture<>();
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      waiting.complete(ask(client));
                    } catch (InterruptedException e) {
                      waiting.completeExceptionally(e);
                    }
                  });
      await().until(() -> !server.requests().isEmpty());
      assertThat(ask(client)).isInstanceOf(UpstreamReply.Busy.class);

      thread.interrupt();
      assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
      server.behave(StandInServer::accept);
      assertThat(answeredBy(ask(client))).isEqualTo(server.server());
    }
  }

  @Test
  void closing_endsWhatWaits() throws Exception {
    try (StandInServer server = StandInServer.silent()) {
      UpstreamClient client = client(PATIENCE, server.server());
      CompletableFuture<UpstreamReply> waiting = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  waiting.complete(ask(client));
                } catch (InterruptedException e) {
                  waiting.completeExceptionally(e);
                }
              });
      await().until(() -> !server.requests().isEmpty());
      client.close();
      assertThat(waiting.get(2, TimeUnit.SECONDS)).isInstanceOf(UpstreamReply.Unanswered.class);
      assertThat(ask(client)).isInstanceOf(UpstreamReply.Unanswered.class);
    }
  }

  @Test
  void ipv6Server_isShownInBrackets() {
    assertThat(
            new UpstreamServer(
                new InetSocketAddress(InetAddress.ofLiteral("2001:db8::7"), 1812), SECRET))
        .hasToString("[2001:db8::7]:1812");
  }
}
