package dev.pushgate.radius.socket;

import dev.pushgate.radius.GateSettings;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.RadiusGate;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A gate on both wildcards and port 1812 that knows everybody: user {@code slow} waits until a line
 * comes in, all others are let in at once. Its log is on standard output.
 */
final class GateInNamespace {
  private GateInNamespace() {}

  public static void main(String[] arguments) throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    try (RadiusGate gate =
        new RadiusGate(
            GateSettings.listeningOn(
                new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 1812),
                new InetSocketAddress(InetAddress.ofLiteral("::"), 1812)),
            Clients.of(
                Client.of("four", "0.0.0.0/0", NasInNamespace.SECRET),
                Client.of("six", "::/0", NasInNamespace.SECRET)),
            attempt -> new UserSource.Answer.Right(new User(attempt.userName(), Set.of(), null)),
            Map.of(
                "push",
                (login, deadline) -> {
                  if (login.user().name().equals("slow")) {
                    released.await();
                  }
                  return new Outcome.Approved();
                }),
            InstantSource.system(),
            new SecureRandom())) {
      gate.start();
      System.out.println("ready");
      while (System.in.read() >= 0) {
        released.countDown();
      }
    }
  }
}
