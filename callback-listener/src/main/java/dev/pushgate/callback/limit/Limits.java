package dev.pushgate.callback.limit;

import java.time.Duration;

/**
 * What phones may ask of the listener.
 *
 * <p>An address here is an IPv4 address or an IPv6 network of 64 bits. Many phones share one: those
 * behind a carrier's or an office's NAT, and all of them where a reverse proxy stands in front. A
 * phone at rest keeps one connection with one waiting request and asks again each minute; a login
 * costs it three requests. So the defaults carry some thousand phones behind each address.
 *
 * @param connections open at once, in all; each takes a file descriptor; 1 or more
 * @param connectionsByAddress open at once from one address; 1 or more
 * @param requests being answered at once, in all, those that wait included; 1 or more
 * @param requestsByAddress being answered at once for one address; 1 or more
 * @param requestsPerSecond that one address may send for long; 1 or more
 * @param burst how many requests one address may send at once beyond that; 1 or more
 * @param quiet how long a connection may stay open on which no request is being answered, be it
 *     idle, in its handshake, or sending its headers; 1 ms or more
 * @param body how long a request's body may take to arrive; 1 ms or more
 */
public record Limits(
    int connections,
    int connectionsByAddress,
    int requests,
    int requestsByAddress,
    int requestsPerSecond,
    int burst,
    Duration quiet,
    Duration body) {

  /** The limits where the configuration names none. */
  public static final Limits DEFAULT =
      new Limits(
          20_000,
          5_000,
          40_000,
          5_000,
          1_000,
          5_000,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  public Limits {
    atLeastOne("connections", connections);
    atLeastOne("connectionsByAddress", connectionsByAddress);
    atLeastOne("requests", requests);
    atLeastOne("requestsByAddress", requestsByAddress);
    atLeastOne("requestsPerSecond", requestsPerSecond);
    atLeastOne("burst", burst);
    atLeastOne("quiet (ms)", quiet.toMillis());
    atLeastOne("body (ms)", body.toMillis());
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", not 1 or more");
    }
  }
}
