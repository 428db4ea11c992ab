package dev.pushgate.push.notifier;

import dev.pushgate.push.device.PushAddress;
import java.io.IOException;

/**
 * One way to tell phones something through somebody else's push service.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>A notification decides nothing: one that is lost, late or forged lets nobody in and keeps
 * nobody out who opens the app. It carries a {@link Notice} and nothing else.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface Notifier extends AutoCloseable {

  /** What people know it by: {@code apns}, {@code fcm} or {@code webpush}. */
  String name();

  /** Whether phones with such an address can be told this way. */
  boolean serves(PushAddress address);

  /**
   * The service that stands behind an address: when it fails for one address, others of the same
   * service are likely to fail as well.
   *
   * @param address one that this notifier serves
   * @return a host name or a name as {@link #name}; never a token
   */
  String service(PushAddress address);

  /** How many attempts at one service are made at once, at least 1; more wait for their turn. */
  int mostAtOnce();

  /**
   * Tries once to hand a notice to the service, and blocks until it has answered. Whoever calls
   * this does so on a virtual thread, repeats it where that helps, and interrupts it when it takes
   * too long.
   *
   * @param address one that this notifier serves
   * @return what the service made of it
   * @throws IOException when the service could not be reached, or the connection broke before it
   *     answered: worth a retry. The text must have no token in it
   * @throws InterruptedException when the caller no longer waits
   */
  Receipt send(PushAddress address, Notice notice) throws IOException, InterruptedException;

  /** Ends connections and threads; takes less than 2 seconds. */
  @Override
  void close();
}
