package dev.pushgate.radius;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.packet.DiscardReason;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
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

  /**
   * Notes that a datagram was dropped.
   *
   * @param client the client whose address it came from, or null for an unknown one
   */
  void note(DiscardReason reason, @Nullable Client client, InetSocketAddress source) {
    counts.count(reason);
    String name = client == null ? "unknown" : client.name();
    if (complaints.permits(reason + name)) {
      log.warn(
          "discarding packets of {} ({}): {}",
          name,
          IpLiteral.text(source.getAddress()),
          hint(reason, name, source));
    }
  }

  private static String hint(DiscardReason reason, String client, InetSocketAddress source) {
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
              + " 'pushgate clients forget-ratchet %s %s'"
                  .formatted(client, IpLiteral.text(source.getAddress()))
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
