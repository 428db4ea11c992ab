package dev.pushgate.push.notifier;

import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.PushAddress;

/**
 * One way to tell phones that a challenge waits for them.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>A notification decides nothing: one that is lost, late or forged lets nobody in and keeps
 * nobody out who opens the app. It carries a {@link Notice} and nothing else.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface Notifier {

  /** Whether phones with such an address can be told this way. */
  boolean serves(PushAddress address);

  /**
   * Sends a device on its way to the challenge.
   *
   * <p>Returns at once, while a login waits: what takes time (a connection, a retry) is done on a
   * thread of the notifier's own, and what goes wrong there is the notifier's to log and to count.
   * A failure is never an exception to the caller.
   *
   * @param device has an address that this notifier serves
   */
  void tell(Device device, Notice notice);
}
