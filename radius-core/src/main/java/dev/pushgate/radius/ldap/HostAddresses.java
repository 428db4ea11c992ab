package dev.pushgate.radius.ldap;

import dev.pushgate.radius.client.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up addresses within a time limit, and knows the last ones while DNS is away.
 *
 * <p>Safe for any number of threads.
 */
final class HostAddresses {
  private final Map<String, List<InetAddress>> lastKnown = new ConcurrentHashMap<>();

  /**
   * At least one address.
   *
   * @throws IOException where there is none
   */
  List<InetAddress> of(String host, int millis) throws IOException, InterruptedException {
    Optional<InetAddress> literal = IpLiteral.parse(host);
    if (literal.isPresent()) {
      return List.of(literal.get());
    }
    FutureTask<List<InetAddress>> lookup =
        new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
    // Not on this virtual thread: a lookup cannot be interrupted and keeps its carrier.
    Thread.ofPlatform().name("ldap-lookup").daemon().start(lookup);
    try {
      List<InetAddress> found = lookup.get(millis, TimeUnit.MILLISECONDS);
      lastKnown.put(host, found);
      return found;
    } catch (ExecutionException | TimeoutException e) {
      List<InetAddress> known = lastKnown.get(host);
      if (known == null) {
        throw new IOException("no address is known of it", e);
      }
      return known;
    }
  }
}
