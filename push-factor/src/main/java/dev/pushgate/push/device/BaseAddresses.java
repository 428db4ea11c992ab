package dev.pushgate.push.device;

import dev.pushgate.push.store.Store;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Every base address that phones were ever given.
 *
 * <p>A phone signs for the address that its enrolment URL named, and is not told when the
 * administrator moves the server to another; a message for an address that was never ours was
 * signed for somebody else.
 *
 * <p>Safe for use by many threads; the methods block.
 */
public final class BaseAddresses {
  private static final Pattern POSSIBLE = Pattern.compile("[!-~]{1,512}");

  private final Store store;
  private final InstantSource clock;

  /** Addresses seen in the store. None is ever taken back, so what stands here stays true. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  public BaseAddresses(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Records an address as given out: at the start of the server, and whenever a phone is given one.
   *
   * @param base {@code https://HOST}, {@code https://HOST:PORT} or either with a path, without a
   *     slash at the end
   * @throws IllegalArgumentException when it is not of that form
   */
  public void give(String base) throws InterruptedException {
    requireBase(base);
    var _ =
        store.write(
            handle ->
                handle
                    .createUpdate(
                        "insert into base_address (address, first_given_at)"
                            + " values (:address, :now) on conflict do nothing")
                    .bind("address", base)
                    .bind("now", clock.millis())
                    .execute());
    known.add(base);
  }

  /**
   * Whether the address was ever given out, also by another process.
   *
   * @param address as a phone signed it: any text
   */
  public boolean wasGiven(String address) throws InterruptedException {
    if (known.contains(address)) {
      return true;
    }
    if (!POSSIBLE.matcher(address).matches()) {
      return false;
    }
    boolean given =
        store.read(
            handle ->
                handle
                    .createQuery("select 1 from base_address where address = :address")
                    .bind("address", address)
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent());
    if (given) {
      known.add(address);
    }
    return given;
  }

  private static void requireBase(String base) {
    try {
      URI uri = new URI(base);
      if ("https".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && !base.endsWith("/")
          && POSSIBLE.matcher(base).matches()) {
        return;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "a base address is https://HOST:PORT without a slash at the end, not '" + base + "'");
  }
}
