package dev.pushgate.radius;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.user.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one user at one client, after the password has proved right.
 *
 * @param id names this login in logs; unique per server, not secret
 * @param user the user by the canonical name of the source that knows them, never as typed
 * @param client the NAS that asked
 * @param userAddress where the user comes from as the client's kind tells it, made safe to show; or
 *     null where the client does not say
 * @param received when the request's first datagram arrived
 */
public record Login(
    String id, User user, Client client, @Nullable String userAddress, Instant received) {

  /** How a log line about this login begins. */
  @Override
  public String toString() {
    return "login " + id + " client " + client.name() + " user " + user.name();
  }
}
