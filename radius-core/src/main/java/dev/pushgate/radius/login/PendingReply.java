package dev.pushgate.radius.login;

import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.socket.Endpoint;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * A packet that waits for its reply, as the login flow sees it. Safe for use by many threads.
 *
 * <p>The first answer counts. Others who may give one are the packet's time limit and the shutdown.
 */
public interface PendingReply {

  /** What was asked. */
  AccessRequest request();

  /** Its place among all packets that came: greater for those that came later. */
  long sequence();

  /** Where the socket is bound that it came in on. */
  Endpoint receivedOn();

  /** When its octets arrived last; retransmissions count. */
  Instant lastSeen();

  /** Whether it has neither been answered nor given up. */
  boolean isWaiting();

  /**
   * Tells whom to call when the same octets arrive again while it waits. The call comes on the
   * thread of a socket and must not block.
   */
  void whenSeenAgain(Runnable listener);

  /**
   * Takes note that the password in it is right, so that its Identifier is its own from now on: an
   * earlier packet with the same Identifier from the same port no longer waits (RFC 5080 section
   * 2.2.2).
   *
   * @return false when a later packet has the Identifier already; this one no longer waits then
   */
  boolean claimIdentifier();

  /**
   * Sends the reply and keeps it for retransmissions.
   *
   * @param reply makes the reply; is not called when there is one already
   * @return false when there is one already; nothing is sent then
   */
  boolean answer(Supplier<Reply> reply);

  /**
   * Ends the wait without a reply, so that the NAS asks its next server; the same octets get none
   * for 30 seconds.
   *
   * @return false when there is a reply already
   */
  boolean endWithoutReply();

  /**
   * Waits for something, and lets those who end the packet's time interrupt that. They interrupt
   * nothing else: a socket is closed when a thread is interrupted that sends on it.
   *
   * @throws InterruptedException when the packet's time is over or the server stops
   */
  <T> T interruptibly(Wait<T> wait) throws InterruptedException;

  /**
   * Something that blocks.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  interface Wait<T> {
    T await() throws InterruptedException;
  }
}
