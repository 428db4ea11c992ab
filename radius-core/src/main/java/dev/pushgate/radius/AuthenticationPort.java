package dev.pushgate.radius;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDirectory;
import dev.pushgate.radius.client.SignatureRatchet;
import dev.pushgate.radius.exchange.Exchange;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.exchange.Exchanges.Arrival;
import dev.pushgate.radius.exchange.LoginThreads;
import dev.pushgate.radius.exchange.RequestKey;
import dev.pushgate.radius.exchange.Slot;
import dev.pushgate.radius.login.AccessRequest;
import dev.pushgate.radius.login.LoginAudit;
import dev.pushgate.radius.login.Replies;
import dev.pushgate.radius.message.Message;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.PacketDecoder.Decoded;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.socket.Endpoint;
import dev.pushgate.radius.socket.ReplyPath;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tinyradius.packet.RadiusPacket;

/**
 * The port on which NASes ask for logins, usually 1812.
 *
 * <p>On the thread of the socket: client by address, structure and Message-Authenticator,
 * retransmission or new. A new request gets a virtual thread, on which {@link
 * dev.pushgate.radius.login.LoginFlow#decide} blocks as long as the user takes. Every request that
 * deserves an answer gets exactly one, in time, whatever the source of users or the factor does.
 */
final class AuthenticationPort implements DatagramHandler {
  private static final Logger log = LoggerFactory.getLogger(AuthenticationPort.class);

  private final ClientDirectory clients;
  private final Exchanges exchanges;
  private final LoginThreads logins;
  private final LoginAudit audit;
  private final SignatureRatchet signatures;
  private final StatusServer status;
  private final Discards discards;
  private final OncePerMinute complaints;
  private final InstantSource clock;

  AuthenticationPort(
      ClientDirectory clients,
      SignatureRatchet signatures,
      Exchanges exchanges,
      LoginThreads logins,
      LoginAudit audit,
      Discards discards,
      InstantSource clock) {
    this.clients = clients;
    this.signatures = signatures;
    this.exchanges = exchanges;
    this.logins = logins;
    this.audit = audit;
    this.status = new StatusServer(RadiusPacket.ACCESS_ACCEPT, discards);
    this.discards = discards;
    this.complaints = new OncePerMinute(clock);
    this.clock = clock;
  }

  @Override
  public void take(DatagramSocket socket, DatagramPacket datagram) {
    Optional<Client> client = clients.find(datagram.getAddress());
    if (client.isEmpty()) {
      discards.noteUnknown(datagram.getAddress());
      return;
    }
    InetSocketAddress source = (InetSocketAddress) datagram.getSocketAddress();
    switch (PacketDecoder.decodeRequest(
        datagram.getData(), datagram.getLength(), client.get().secret())) {
      case Decoded.Discarded(DiscardReason reason) -> discards.note(reason, client.get(), source);
      case Decoded.Packet(ReceivedPacket packet)
          when packet.getPacketType() == RadiusPacket.STATUS_SERVER ->
          status.answer(new ReplyPath(socket, source), client.get(), packet);
      case Decoded.Packet(ReceivedPacket packet) -> receive(socket, source, client.get(), packet);
    }
  }

  private void receive(
      DatagramSocket socket, InetSocketAddress source, Client client, ReceivedPacket packet) {
    if (packet.getPacketType() != RadiusPacket.ACCESS_REQUEST) {
      discards.note(DiscardReason.CODE, client, source);
      return;
    }
    Optional<DiscardReason> refusal = signatures.refusal(client, source.getAddress(), packet);
    if (refusal.isPresent()) {
      discards.note(refusal.get(), client, source);
      return;
    }
    AccessRequest request = new AccessRequest(newLoginId(), packet, client, clock.instant());
    ReplyPath path = new ReplyPath(socket, source);
    Slot slot =
        new Slot(
            Endpoint.of(source),
            Endpoint.of((InetSocketAddress) socket.getLocalSocketAddress()),
            packet.getPacketIdentifier());
    RequestKey key = RequestKey.of(slot, packet.getAuthenticator());
    switch (exchanges.arrive(key, request, path)) {
      case Arrival.New(Exchange exchange) -> logins.start(exchange);
      case Arrival.InProgress() -> discards.counts().count(DiscardReason.RETRANSMISSION);
      case Arrival.Answered() -> log.debug("{}: a lost reply was sent again", request);
      case Arrival.Refused() -> refuse(request, path);
    }
  }

  private void refuse(AccessRequest request, ReplyPath path) {
    if (complaints.permits(request.client().name())) {
      log.error(
          "{} logins wait, no more are admitted: refusing new ones of {}",
          exchanges.waiting(),
          request.client().name());
    }
    // Writing it down blocks, which the thread of the socket must not.
    Thread unused =
        Thread.startVirtualThread(
            () -> {
              audit.rejected(request, "busy");
              path.send(Replies.reject(request, Message.BUSY.in(request.language())).encode());
            });
  }

  private static String newLoginId() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 10);
  }
}
