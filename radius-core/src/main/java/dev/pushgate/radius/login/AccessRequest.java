package dev.pushgate.radius.login;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.UserAddress;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.MicrosoftAttribute;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.PasswordMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An Access-Request that deserves an answer. Compares by identity. */
public final class AccessRequest {

  /** How long before the end of the client's patience the reply leaves at the latest. */
  static final Duration MARGIN = Duration.ofMillis(500);

  private final String loginId;
  private final ReceivedPacket packet;
  private final Client client;
  private final Instant received;

  // Asked for by the key of the login, its log lines and its audit: read once.
  private final Optional<String> userName;
  private final Optional<String> userAddress;

  /**
   * Reads a packet.
   *
   * @param loginId names the login in logs
   * @param packet what came
   * @param client whose secret signs the answer
   * @param received when the datagram arrived
   */
  public AccessRequest(String loginId, ReceivedPacket packet, Client client, Instant received) {
    this.loginId = loginId;
    this.packet = packet;
    this.client = client;
    this.received = received;
    this.userName = userName(packet);
    this.userAddress = UserAddress.of(packet, client.kind());
  }

  private static Optional<String> userName(ReceivedPacket packet) {
    List<byte[]> names = packet.values(AttributeType.USER_NAME);
    return names.size() == 1 && names.getFirst().length > 0
        ? Optional.of(UntrustedText.decode(names.getFirst()))
        : Optional.empty();
  }

  /** Names the login in logs. */
  public String loginId() {
    return loginId;
  }

  /** What came. */
  public ReceivedPacket packet() {
    return packet;
  }

  /** Whose secret signs the answer. */
  public Client client() {
    return client;
  }

  /** What users of the client are spoken to in, as long as it is not known who this one is. */
  public Language language() {
    return client.dialogue().language();
  }

  /** When the datagram arrived. */
  public Instant received() {
    return received;
  }

  /** The User-Name, decoded and hostile; nothing where there is none, several or an empty one. */
  public Optional<String> userName() {
    return userName;
  }

  /** By which method the password is to be proved; nothing where the packet has none of them. */
  public Optional<PasswordMethod> method() {
    if (packet.has(AttributeType.USER_PASSWORD)) {
      return Optional.of(PasswordMethod.PAP);
    }
    if (packet.has(AttributeType.CHAP_PASSWORD)) {
      return Optional.of(PasswordMethod.CHAP);
    }
    return packet.hasVendor(MicrosoftAttribute.VENDOR, MicrosoftAttribute.MS_CHAP2_RESPONSE)
        ? Optional.of(PasswordMethod.MSCHAPV2)
        : Optional.empty();
  }

  /** Where the user comes from, safe to show. */
  public Optional<String> userAddress() {
    return userAddress;
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
   * Names the login in a log line: identifier, user as typed, client, address, method; all safe to
   * show.
   */
  @Override
  public String toString() {
    return "login "
        + loginId
        + " of "
        + userName().map(UntrustedText::shown).orElse("nobody")
        + " at "
        + client.name()
        + userAddress().map(address -> " from " + address).orElse("")
        + method().map(method -> " by " + method.word()).orElse("");
  }
}
