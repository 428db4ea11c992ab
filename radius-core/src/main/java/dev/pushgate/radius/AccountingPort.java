package dev.pushgate.radius;

import dev.pushgate.radius.accounting.RecentReports;
import dev.pushgate.radius.accounting.RecentReports.Report;
import dev.pushgate.radius.accounting.SessionReport;
import dev.pushgate.radius.audit.Audit;
import dev.pushgate.radius.audit.AuditException;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDirectory;
import dev.pushgate.radius.packet.AccountingResponse;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.PacketDecoder.Decoded;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.socket.ReplyPath;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tinyradius.packet.RadiusPacket;

/**
 * The port on which NASes tell of sessions, usually 1813 (RFC 2866).
 *
 * <p>An answer says that the report is recorded, so it leaves after that and not otherwise. At a
 * bound the datagram is dropped: the NAS keeps it and asks again.
 */
final class AccountingPort implements DatagramHandler {
  private static final Logger log = LoggerFactory.getLogger(AccountingPort.class);

  /** How many reports are worked on at once. */
  private static final int MOST_AT_ONCE = 10_000;

  /** How many reports of the last 30 seconds are known again. */
  private static final int MOST_KEPT = 500_000;

  /** How long a stop waits for reports that are being recorded. */
  private static final Duration TIDYING = Duration.ofSeconds(2);

  private final ClientDirectory clients;
  private final Audit audit;
  private final RecentReports recent;
  private final StatusServer status;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final Discards discards;
  private final InstantSource clock;

  AccountingPort(ClientDirectory clients, Audit audit, Discards discards, InstantSource clock) {
    this.clients = clients;
    this.audit = audit;
    this.recent = new RecentReports(MOST_KEPT, clock);
    this.status = new StatusServer(RadiusPacket.ACCOUNTING_RESPONSE, discards);
    this.discards = discards;
    this.clock = clock;
  }

  @Override
  public void take(DatagramSocket socket, DatagramPacket datagram) {
    InetSocketAddress source = (InetSocketAddress) datagram.getSocketAddress();
    Optional<Client> client = clients.find(source.getAddress());
    if (client.isEmpty()) {
      discards.noteUnknown(source.getAddress());
      return;
    }
    ReplyPath path = new ReplyPath(socket, source);
    switch (decode(datagram, client.get())) {
      case Decoded.Discarded(DiscardReason reason) -> discards.note(reason, client.get(), source);
      case Decoded.Packet(ReceivedPacket packet)
          when packet.getPacketType() == RadiusPacket.STATUS_SERVER ->
          status.answer(path, client.get(), packet);
      case Decoded.Packet(ReceivedPacket packet) -> start(path, client.get(), packet);
    }
  }

  /** The two codes differ in what their authenticator is. */
  private static Decoded decode(DatagramPacket datagram, Client client) {
    byte[] octets = datagram.getData();
    return switch (octets[0]) {
      case RadiusPacket.ACCOUNTING_REQUEST ->
          PacketDecoder.decodeAccounting(octets, datagram.getLength(), client.secret());
      case RadiusPacket.STATUS_SERVER ->
          PacketDecoder.decodeRequest(octets, datagram.getLength(), client.secret());
      default -> new Decoded.Discarded(DiscardReason.CODE);
    };
  }

  private void start(ReplyPath path, Client client, ReceivedPacket packet) {
    if (!room.tryAcquire()) {
      discards.note(DiscardReason.BUSY, client, path.target());
      return;
    }
    Instant received = clock.instant();
    Thread unused =
        Thread.ofVirtual()
            .name("accounting")
            .start(
                () -> {
                  try {
                    answer(path, client, packet, received);
                  } catch (RuntimeException e) {
                    log.error("accounting of {} could not be processed", client.name(), e);
                  } finally {
                    room.release();
                  }
                });
  }

  private void answer(ReplyPath path, Client client, ReceivedPacket packet, Instant received) {
    Report report = Report.of(path.target().getAddress(), packet);
    switch (recent.arrive(report)) {
      case NEW -> {
        if (!isRecorded(report, path, client, packet, received)) {
          return;
        }
      }
      case IN_PROGRESS -> {
        discards.counts().count(DiscardReason.RETRANSMISSION);
        return;
      }
      case REFUSED -> {
        discards.note(DiscardReason.BUSY, client, path.target());
        return;
      }
      case RECORDED -> log.debug("accounting of {}: answered again", client.name());
    }
    path.send(AccountingResponse.to(packet, client.secret()));
  }

  private boolean isRecorded(
      Report report, ReplyPath path, Client client, ReceivedPacket packet, Instant received) {
    boolean recorded = false;
    try {
      audit.record(SessionReport.read(packet, client, path.target().getAddress(), received));
      recorded = true;
      recent.recorded(report);
    } catch (AuditException e) {
      discards.note(DiscardReason.NOT_RECORDED, client, path.target());
    } finally {
      if (!recorded) {
        recent.notRecorded(report);
      }
    }
    return recorded;
  }

  /** Forgets what NASes no longer ask again for; to be called about once a second. */
  void forgetOldReports() {
    recent.forgetOld();
  }

  /** Takes in nothing more and waits, 2 seconds at most, until what it took in is answered. */
  void stop() {
    try {
      boolean unused = room.tryAcquire(MOST_AT_ONCE, TIDYING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
