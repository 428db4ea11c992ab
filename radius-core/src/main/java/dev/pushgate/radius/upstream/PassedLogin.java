package dev.pushgate.radius.upstream;

import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.EncodedAttribute;
import dev.pushgate.radius.packet.HiddenPassword;
import dev.pushgate.radius.packet.MicrosoftAttribute;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Password;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A login as it is passed on, or why it cannot be. */
sealed interface PassedLogin {
  /** As much room as may be taken by what is passed; the rest has the size of a few attributes. */
  int MOST_PASSED = 3000;

  /** Octets that an attribute has room for. */
  int LONGEST = 253;

  /**
   * It cannot be passed on, and nobody is asked.
   *
   * @param why for the log and safe to show
   */
  record Refused(String why) implements PassedLogin {}

  /**
   * @param canonical the canonical name
   */
  static PassedLogin of(Attempt attempt, String canonical, UpstreamSourceSettings settings) {
    ReceivedPacket packet = attempt.packet();
    ReplyAttributes passed = packet == null ? ReplyAttributes.NONE : settings.passTo().of(packet);
    if (passed.length() > MOST_PASSED) {
      return new Refused("the attributes to be passed on have " + passed.length() + " octets");
    }
    return switch (attempt.password()) {
      case Password.Pap pap ->
          new Passable(
              canonical,
              settings.typedName() ? typed(attempt) : utf8(canonical),
              new Password.Pap(pap.octets()),
              packet,
              passed,
              settings,
              Optional.empty());
      case Password.Chap chap when chap.challenge().length > LONGEST ->
          new Refused("a challenge of " + chap.challenge().length + " octets fits in no packet");
      case Password.Chap chap ->
          new Passable(
              canonical,
              settings.typedName() ? typed(attempt) : utf8(canonical),
              chap,
              packet,
              passed,
              settings,
              Optional.empty());
      case Password.MsChap2 _ when packet == null ->
          new Refused("MS-CHAPv2 can be passed on only as a NAS has sent it");
      // The response is computed over the name (RFC 2759 section 8.2).
      case Password.MsChap2 response ->
          new Passable(
              canonical, typed(attempt), response, packet, passed, settings, Optional.empty());
    };
  }

  private static byte[] typed(Attempt attempt) {
    ReceivedPacket packet = attempt.packet();
    return packet == null
        ? utf8(attempt.userName())
        : packet.value(AttributeType.USER_NAME).orElseGet(() -> utf8(attempt.userName()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** It can be passed on. Prints nothing of itself. */
  final class Passable implements PassedLogin, UpstreamRequest {
    private final String name;
    private final byte[] userName;
    private final Password password;
    private final @Nullable ReceivedPacket packet;
    private final ReplyAttributes passed;
    private final UpstreamSourceSettings settings;
    private final Optional<byte[]> state;

    private Passable(
        String name,
        byte[] userName,
        Password password,
        @Nullable ReceivedPacket packet,
        ReplyAttributes passed,
        UpstreamSourceSettings settings,
        Optional<byte[]> state) {
      this.name = name;
      this.userName = userName;
      this.password = password;
      this.packet = packet;
      this.passed = passed;
      this.settings = settings;
      this.state = state;
    }

    /** The user's canonical name. */
    String name() {
      return name;
    }

    Password password() {
      return password;
    }

    /** The same with nothing to prove, from which to go on. */
    Passable withoutPassword() {
      return with(new Password.Pap(new byte[0]), Optional.empty());
    }

    /** What goes to the server as the answer to a prompt; empty where that is too long. */
    Optional<Passable> answering(UpstreamPrompt prompt, String typed) {
      byte[] octets = utf8(typed);
      return octets.length > HiddenPassword.MAX_LENGTH
          ? Optional.empty()
          : Optional.of(with(new Password.Pap(octets), prompt.state()));
    }

    private Passable with(Password other, Optional<byte[]> newState) {
      return new Passable(name, userName, other, packet, passed, settings, newState);
    }

    @Override
    public void addTo(SignedRequest request) {
      request.add(AttributeType.USER_NAME, userName);
      switch (password) {
        case Password.Pap pap -> request.addPassword(pap.octets());
        case Password.Chap chap ->
            request
                .add(AttributeType.CHAP_PASSWORD, chapPassword(chap))
                .add(AttributeType.CHAP_CHALLENGE, chap.challenge());
        case Password.MsChap2 _ -> {
          copyMicrosoft(MicrosoftAttribute.MS_CHAP_CHALLENGE, request);
          copyMicrosoft(MicrosoftAttribute.MS_CHAP2_RESPONSE, request);
        }
      }
      state.ifPresent(value -> request.add(AttributeType.STATE, value));
      request.add(AttributeType.NAS_IDENTIFIER, utf8(settings.nasIdentifier()));
      for (EncodedAttribute attribute : passed.encoded()) {
        request.add(attribute.type(), attribute.value());
      }
    }

    private static byte[] chapPassword(Password.Chap chap) {
      byte[] octets = new byte[1 + Password.Chap.RESPONSE_LENGTH];
      octets[0] = chap.identifier();
      System.arraycopy(chap.response(), 0, octets, 1, Password.Chap.RESPONSE_LENGTH);
      return octets;
    }

    private void copyMicrosoft(int type, SignedRequest request) {
      if (packet != null) {
        packet
            .vendorValue(MicrosoftAttribute.VENDOR, type)
            .ifPresent(value -> request.addVendor(MicrosoftAttribute.VENDOR, type, value));
      }
    }

    /** Overwrites this copy of a password by PAP. */
    void clear() {
      if (password instanceof Password.Pap pap) {
        pap.clear();
      }
    }

    @Override
    public String toString() {
      return "Passable[" + name + "]";
    }
  }
}
