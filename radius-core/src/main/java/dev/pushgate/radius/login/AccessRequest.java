package dev.pushgate.radius.login;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.UserAddress;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.PasswordMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An Access-Request that deserves an answer.
 *
 * @param loginId names the login in logs
 * @param packet what came
 * @param client whose secret signs the answer
 * @param received when the datagram arrived
 */
public record AccessRequest(
    String loginId, ReceivedPacket packet, Client client, Instant received) {

  /** How long before the end of the client's patience the reply leaves at the latest. */
  static final Duration MARGIN = Duration.ofMillis(500);

  /** The User-Name, decoded and hostile; nothing where there is none, several or an empty one. */
  public Optional<String> userName() {
    List<byte[]> names = packet.values(AttributeType.USER_NAME);
    return names.size() == 1 && names.getFirst().length > 0
        ? Optional.of(UntrustedText.decode(names.getFirst()))
        : Optional.empty();
  }

  /** Where the user comes from, safe to show. */
  public Optional<String> userAddress() {
    return UserAddress.of(packet, client.kind());
  }

  /** How it proves the password; nothing where it does not. */
  public Optional<PasswordMethod> method() {
    if (packet.has(AttributeType.USER_PASSWORD)) {
      return Optional.of(PasswordMethod.PAP);
    }
    return packet.has(AttributeType.CHAP_PASSWORD)
        ? Optional.of(PasswordMethod.CHAP)
        : Optional.empty();
  }

  /** By when the reply must leave. */
  public Instant answerBy() {
    return received.plus(client.answerWithin()).minus(MARGIN);
  }

  /** An empty reply to this request. */
  public Reply reply(int code) {
    return new Reply(code, packet, client.secret());
  }

  /**
   * Names the login in a log line: identifier, user as typed, client, address; all safe to show.
   */
  @Override
  public String toString() {
    return "login "
        + loginId
        + " of "
        + userName().map(UntrustedText::shown).orElse("nobody")
        + " at "
        + client.name()
        + userAddress().map(address -> " from " + address).orElse("");
  }
}
