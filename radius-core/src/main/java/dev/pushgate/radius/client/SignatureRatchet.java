package dev.pushgate.radius.client;

import dev.pushgate.radius.OncePerMinute;
import dev.pushgate.radius.client.RatchetMemory.Turned;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.ReceivedPacket;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a request must carry a Message-Authenticator (CVE-2024-3596).
 *
 * <p>Under {@link MessageAuthenticatorRule#AUTO} it is a ratchet: the first signed Access-Request
 * without EAP-Message from a source address makes signatures required from that address for good,
 * over restarts too. EAP and Status-Server do not turn it, since NASes sign these that sign no PAP.
 * An administrator can undo it, which {@link #refresh} notices.
 *
 * <p>Safe for use by many threads.
 */
public final class SignatureRatchet {

  /**
   * How many addresses of one client are remembered. Whoever has seen one signed request can send
   * it from every address of a network that is a client, so there must be an end.
   */
  public static final int MOST_PER_CLIENT = 4096;

  private static final Logger log = LoggerFactory.getLogger(SignatureRatchet.class);

  /** An address that must sign; compared by identity, so that a turn anew is another. */
  private static final class Entry {
    private final Turned turned;
    private volatile boolean kept;

    Entry(Turned turned, boolean kept) {
      this.turned = turned;
      this.kept = kept;
    }
  }

  private final RatchetMemory memory;
  private final InstantSource clock;
  private final OncePerMinute complaints;
  private final Map<InetAddress, Entry> entries = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> entriesOfClient = new ConcurrentHashMap<>();

  /** A ratchet that knows nothing until its first {@link #refresh}. */
  public SignatureRatchet(RatchetMemory memory, InstantSource clock) {
    this.memory = memory;
    this.clock = clock;
    this.complaints = new OncePerMinute(clock);
  }

  /**
   * Why a sound Access-Request must not be served for want of a signature; empty where it may be.
   * Takes note of it when it is signed. Does not block.
   */
  public Optional<DiscardReason> refusal(
      Client client, InetAddress source, ReceivedPacket request) {
    boolean eap = request.has(AttributeType.EAP_MESSAGE);
    if (request.isSigned()) {
      if (client.messageAuthenticator() == MessageAuthenticatorRule.AUTO
          && !eap
          && !entries.containsKey(source)) {
        turn(client, source);
      }
      return Optional.empty();
    }
    if (eap) {
      return Optional.of(DiscardReason.EAP_UNSIGNED);
    }
    if (client.messageAuthenticator() == MessageAuthenticatorRule.REQUIRED) {
      return Optional.of(DiscardReason.MESSAGE_AUTHENTICATOR_MISSING);
    }
    if (client.messageAuthenticator() == MessageAuthenticatorRule.AUTO
        && entries.containsKey(source)) {
      return Optional.of(DiscardReason.NO_LONGER_SIGNED);
    }
    return request.has(AttributeType.PROXY_STATE)
        ? Optional.of(DiscardReason.PROXY_STATE_UNSIGNED)
        : Optional.empty();
  }

  private void turn(Client client, InetAddress source) {
    AtomicInteger count = count(client.name());
    if (count.get() >= MOST_PER_CLIENT) {
      if (complaints.permits(client.name())) {
        log.error(
            "{} addresses of client {} sign their requests, {} and others are not remembered:"
                + " set 'clients.{}.message-authenticator = required'",
            MOST_PER_CLIENT,
            client.name(),
            IpLiteral.text(source),
            client.name());
      }
      return;
    }
    InetAddress address = IpLiteral.withoutZone(source);
    Entry entry = new Entry(new Turned(address, client.name(), clock.instant()), false);
    if (entries.putIfAbsent(address, entry) == null) {
      count.incrementAndGet();
      log.info(
          "{} of client {} signs its requests: unsigned ones from there are discarded from now on",
          IpLiteral.text(address),
          client.name());
    }
  }

  private AtomicInteger count(String client) {
    return entriesOfClient.computeIfAbsent(client, _ -> new AtomicInteger());
  }

  /**
   * Keeps over restarts that an address must sign, if it must and is not kept yet; to be called
   * before a login from there is answered. Blocks. A failure is logged and does not stop the login:
   * the next one from there tries again.
   */
  public void keep(InetAddress source) throws InterruptedException {
    Entry entry = entries.get(source);
    if (entry == null || entry.kept) {
      return;
    }
    try {
      memory.remember(entry.turned);
      entry.kept = true;
    } catch (RuntimeException e) {
      if (complaints.permits("keep")) {
        log.error(
            "cannot keep over a restart that {} of client {} signs its requests, its next one"
                + " tries again: {}",
            IpLiteral.text(source),
            entry.turned.client(),
            e.getMessage());
      }
    }
  }

  /**
   * Takes over what the memory knows, and lets go what has been forgotten there; to be called
   * before the first request and about once a second. Blocks.
   */
  public void refresh() throws InterruptedException {
    // What is kept while the memory is read may be missing from what is read.
    Map<InetAddress, Entry> before =
        entries.entrySet().stream()
            .filter(each -> each.getValue().kept)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Map<InetAddress, Turned> now =
        memory.all().stream().collect(Collectors.toMap(Turned::address, Function.identity()));
    before.forEach(
        (address, entry) -> {
          if (!now.containsKey(address) && entries.remove(address, entry)) {
            count(entry.turned.client()).decrementAndGet();
            log.warn(
                "it was forgotten that {} of client {} signs its requests: unsigned ones are taken"
                    + " until it signs one again",
                IpLiteral.text(address),
                entry.turned.client());
          }
        });
    now.forEach(
        (address, turned) -> {
          if (entries.putIfAbsent(address, new Entry(turned, true)) == null) {
            count(turned.client()).incrementAndGet();
          }
        });
  }
}
