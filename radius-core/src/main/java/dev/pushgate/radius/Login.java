package dev.pushgate.radius;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.user.User;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
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
 * @param appended what stood behind the comma behind the password: a code or {@code push}; or null
 *     where there was nothing. A secret
 * @param fingerprint a keyed hash of the password that proved right, printable; or null where none
 *     is made
 * @param passwordChecked false where the NAS says that it has checked the password and nobody here
 *     has: without a second factor that is checked in this login it ends in an Access-Reject
 */
public record Login(
    String id,
    User user,
    Client client,
    @Nullable String userAddress,
    Instant received,
    @Nullable String appended,
    @Nullable String fingerprint,
    boolean passwordChecked) {

  /** A login of which nothing is known of its password but that it was right. */
  public Login(
      String id, User user, Client client, @Nullable String userAddress, Instant received) {
    this(id, user, client, userAddress, received, null, null, true);
  }

  /** The user's address, where what the client tells is an address. */
  public Optional<InetAddress> userIp() {
    return userAddress == null ? Optional.empty() : IpLiteral.parse(userAddress);
  }

  /** The language that this user is spoken to in. */
  public Language language() {
    return user.language() == null ? client.dialogue().language() : user.language();
  }

  /** How a log line about this login begins. */
  @Override
  public String toString() {
    return "login " + id + " client " + client.name() + " user " + user.name();
  }
}
