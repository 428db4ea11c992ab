package dev.pushgate.bench;

import dev.pushgate.radius.packet.SharedSecret;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who plays in a benchmark, the same for each server: users with their passwords, and one NAS.
 *
 * <p>All of it is made up and known to everybody; servers that believe it listen on loopback alone.
 */
record Cast(List<Person> people, String secret) {

  /** A user and the password. */
  record Person(String name, String password) {}

  /** So many users of the benchmark. */
  static Cast of(int users) {
    return new Cast(
        IntStream.range(0, users)
            .mapToObj(i -> new Person("user-%05d".formatted(i), "correct-horse-%05d".formatted(i)))
            .toList(),
        "secret-of-the-benchmark");
  }

  SharedSecret sharedSecret() {
    return SharedSecret.of(secret);
  }
}
