package dev.pushgate.radius.client;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the addresses that have turned the {@link SignatureRatchet} are kept over restarts.
 *
 * <p>The methods may block, and throw a RuntimeException where they cannot do their work. They are
 * called by many threads.
 */
public interface RatchetMemory {

  /**
   * An address from which signed requests have come.
   *
   * @param address without a zone
   * @param client whose secret the first one was signed with, by name
   * @param since when that came
   */
  record Turned(InetAddress address, String client, Instant since) {}

  /** All that is kept now, also by other processes; what is missing has been forgotten. */
  List<Turned> all() throws InterruptedException;

  /** Keeps one from now on; nothing changes where the address is kept already. */
  void remember(Turned turned) throws InterruptedException;

  /** A memory that lasts as long as this process. */
  static RatchetMemory ofThisProcess() {
    Map<InetAddress, Turned> kept = new ConcurrentHashMap<>();
    return new RatchetMemory() {
      @Override
      public List<Turned> all() {
        return List.copyOf(kept.values());
      }

      @Override
      public void remember(Turned turned) {
        kept.putIfAbsent(turned.address(), turned);
      }
    };
  }
}
