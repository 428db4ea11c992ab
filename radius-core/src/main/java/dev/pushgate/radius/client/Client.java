package dev.pushgate.radius.client;

import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.SharedSecret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A NAS, or a network of them, that shares a secret with this server.
 *
 * @param name as the configuration calls it; shown to users on their phone
 * @param addresses where its datagrams may come from; at least one
 * @param secret shared with the NAS
 * @param kind what product it is, which decides where the user's address stands
 * @param messageAuthenticator whether its Access-Requests must be signed
 * @param answerWithin a login's whole budget, 3 s to 300 s; the Reject leaves 500 ms before its end
 * @param factor what is asked after the password: a word by which the server has registered a
 *     factor, such as {@code push} or the name of a plugin; or null where nothing is said, which
 *     leads to {@link #DEFAULT_FACTOR}
 * @param loginGroup name that it shares with other clients whose packets may belong to one login,
 *     or null where it stands for itself; see {@link #loginScope}
 * @param sources where its users come from
 * @param dialogue how its users are spoken with
 * @param reply what each Access-Accept to this client carries, where the user's own does not differ
 */
public record Client(
    String name,
    List<Network> addresses,
    SharedSecret secret,
    ClientKind kind,
    MessageAuthenticatorRule messageAuthenticator,
    Duration answerWithin,
    @Nullable String factor,
    @Nullable String loginGroup,
    ClientSources sources,
    ClientDialogue dialogue,
    ReplyAttributes reply) {

  /** The budget of a login where neither the configuration nor the kind says otherwise. */
  public static final Duration DEFAULT_ANSWER_WITHIN = Duration.ofSeconds(60);

  /** The name by which the factor is registered that is asked where nothing is said. */
  public static final String DEFAULT_FACTOR = "push";

  public Client {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("client " + name + " has no address");
    }
    addresses = List.copyOf(addresses);
  }

  /** A client of which only the indispensable is known; the rest is as by default. */
  public static Client of(String name, String address, String secret) {
    return new Client(
        name,
        List.of(Network.parse(address)),
        SharedSecret.of(secret),
        ClientKind.GENERIC,
        MessageAuthenticatorRule.AUTO,
        DEFAULT_ANSWER_WITHIN,
        null,
        null,
        ClientSources.DEFAULT,
        ClientDialogue.DEFAULT,
        ReplyAttributes.NONE);
  }

  /** The same client with another budget. */
  public Client withAnswerWithin(Duration budget) {
    return new Client(
        name,
        addresses,
        secret,
        kind,
        messageAuthenticator,
        budget,
        factor,
        loginGroup,
        sources,
        dialogue,
        reply);
  }

  /** The same client as one of a group. */
  public Client withLoginGroup(String group) {
    return new Client(
        name,
        addresses,
        secret,
        kind,
        messageAuthenticator,
        answerWithin,
        factor,
        group,
        sources,
        dialogue,
        reply);
  }

  /** The same client as a product of that kind, whose users are spoken with in that way. */
  public Client withDialogue(ClientKind other, ClientDialogue spoken) {
    return new Client(
        name,
        addresses,
        secret,
        other,
        messageAuthenticator,
        answerWithin,
        factor,
        loginGroup,
        sources,
        spoken,
        reply);
  }

  /** The same client with users from elsewhere. */
  public Client withSources(ClientSources other) {
    return new Client(
        name,
        addresses,
        secret,
        kind,
        messageAuthenticator,
        answerWithin,
        factor,
        loginGroup,
        other,
        dialogue,
        reply);
  }

  /**
   * Within which packets may belong to one login: the group's name, or the client's own. No group
   * is called like a client that is not in it, so equal names are one scope.
   */
  public String loginScope() {
    return loginGroup == null ? name : loginGroup;
  }
}
