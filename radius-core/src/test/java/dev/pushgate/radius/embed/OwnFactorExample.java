package dev.pushgate.radius.embed;

import dev.pushgate.radius.GateSettings;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.RadiusGate;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** A RADIUS server with a second factor of one's own. */
final class OwnFactorExample {
  private OwnFactorExample() {}

  static RadiusGate start() throws IOException {
    UserSource users =
        attempt -> new UserSource.Answer.Right(new User(attempt.userName(), Set.of(), null));
    RadiusGate gate =
        new RadiusGate(
            GateSettings.listeningOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            Clients.of(Client.of("my-vpn", "127.0.0.1", "my-secret")),
            users,
            Map.of(
                "push",
                (login, deadline) ->
                    login.user().name().equals("alice")
                        ? new Outcome.Approved()
                        : new Outcome.Denied("not-alice", "Only Alice may come in.")),
            InstantSource.system(),
            new SecureRandom());
    gate.start();
    return gate;
  }
}
