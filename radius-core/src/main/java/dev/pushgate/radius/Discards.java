package dev.pushgate.radius;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.packet.DiscardReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what is dropped without an answer, and says so in the log once a minute per client. */
final class Discards {
  private static final Logger log = LoggerFactory.getLogger(Discards.class);

  private final DiscardCounts counts = new DiscardCounts();
  private final OncePerMinute complaints;

  Discards(InstantSource clock) {
    this.complaints = new OncePerMinute(clock);
  }

  DiscardCounts counts() {
    return counts;
  }

  /** Notes that a datagram of a client was dropped. */
  void note(DiscardReason reason, Client client, InetSocketAddress source) {
    counts.count(reason);
    if (complaints.permits(reason + client.name())) {
      complain(reason, client.name(), source.getAddress());
    }
  }

  /** Notes that a datagram of nobody we know was dropped; costs next to nothing, however many. */
  void noteUnknown(InetAddress source) {
    counts.count(DiscardReason.UNKNOWN_CLIENT);
    if (complaints.permits(DiscardReason.UNKNOWN_CLIENT)) {
      complain(DiscardReason.UNKNOWN_CLIENT, "unknown", source);
    }
  }

  private static void complain(DiscardReason reason, String client, InetAddress source) {
    String address = IpLiteral.text(source);
    log.warn("discarding packets of {} ({}): {}", client, address, hint(reason, client, address));
  }

  private static String hint(DiscardReason reason, String client, String address) {
    return switch (reason) {
      case UNKNOWN_CLIENT -> "no client has this address; add it under 'clients' if it is a NAS";
      case MESSAGE_AUTHENTICATOR_WRONG ->
          reason.words() + "; does the shared secret match on both sides?";
      case MESSAGE_AUTHENTICATOR_MISSING ->
          reason.words()
              + ", which 'clients.%s.message-authenticator = required' demands".formatted(client)
              + "; let the NAS send it, or change the setting";
      case NO_LONGER_SIGNED ->
          reason.words()
              + "; is somebody in between taking it away? If the NAS was replaced or set back, run"
              + " 'pushgate clients forget-ratchet %s %s'".formatted(client, address)
              + ", or set 'clients.%s.message-authenticator = optional'".formatted(client);
      case PROXY_STATE_UNSIGNED ->
          reason.words()
              + ", by which an Access-Accept can be forged (CVE-2024-3596): let the proxy send it,"
              + " no setting here permits the one without the other";
      case ACCOUNTING_AUTHENTICATOR ->
          reason.words() + "; does the shared secret for accounting match on both sides?";
      case STATUS_SERVER_UNSIGNED -> reason.words() + "; let the NAS send it";
      case NOT_RECORDED ->
          reason.words() + "; it goes unanswered, so that the NAS keeps it and asks again";
      default -> reason.words();
    };
  }
}
