package dev.pushgate.radius.upstream;

import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP2_SUCCESS;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP_ERROR;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_ENCRYPTION_POLICY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_ENCRYPTION_TYPES;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_RECV_KEY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_SEND_KEY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.VENDOR;

import dev.pushgate.radius.mschap.ServerProof;
import dev.pushgate.radius.mschap.ServerProof.Encryption;
import dev.pushgate.radius.mschap.SessionKeys;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.UserSource.Cause;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what another server answers to MS-CHAPv2 (RFC 2548, RFC 2759 sections 5 and 6). */
final class MsChap2Reply {
  /** A message may follow, which has no place in the attribute's 42 characters. */
  private static final Pattern SUCCESS = Pattern.compile("(S=[0-9A-Fa-f]{40})(?: .*)?");

  private static final Pattern ERROR = Pattern.compile("E=([0-9]{1,10})(?:[^0-9].*)?");

  private MsChap2Reply() {}

  /** A refusal with its reason. */
  record Refusal(String words, Cause cause) {}

  /** What proves the server to the user's side; empty where the Accept has it not. */
  static Optional<ServerProof> proof(UpstreamReply.Answered answered) {
    ReceivedPacket accept = answered.answer().packet();
    return text(accept, MS_CHAP2_SUCCESS)
        .map(SUCCESS::matcher)
        .filter(Matcher::matches)
        .map(success -> new ServerProof(success.group(1), keys(answered), encryption(accept)));
  }

  private static @Nullable SessionKeys keys(UpstreamReply.Answered answered) {
    ReceivedPacket accept = answered.answer().packet();
    SignedRequest request = answered.request();
    Optional<byte[]> send = request.revealKey(accept, VENDOR, MS_MPPE_SEND_KEY);
    Optional<byte[]> receive = request.revealKey(accept, VENDOR, MS_MPPE_RECV_KEY);
    return send.isPresent() && receive.isPresent()
        ? new SessionKeys(send.get(), receive.get())
        : null;
  }

  private static Encryption encryption(ReceivedPacket accept) {
    return new Encryption(
        number(accept, MS_MPPE_ENCRYPTION_POLICY).orElse(Encryption.USUAL.policy()),
        number(accept, MS_MPPE_ENCRYPTION_TYPES).orElse(Encryption.USUAL.types()));
  }

  private static Optional<Integer> number(ReceivedPacket packet, int type) {
    return packet
        .vendorValue(VENDOR, type)
        .filter(value -> value.length == Integer.BYTES)
        .map(value -> ByteBuffer.wrap(value).getInt());
  }

  /** Why a Reject refuses, where it tells. */
  static Optional<Refusal> refusal(ReceivedPacket reject) {
    return text(reject, MS_CHAP_ERROR)
        .map(ERROR::matcher)
        .filter(Matcher::matches)
        .map(error -> refusal(error.group(1)));
  }

  /** By the numbers of RFC 2759 section 6. */
  private static Refusal refusal(String number) {
    return switch (number) {
      case "646" -> new Refusal("not at this hour (E=646)", Cause.NOT_NOW);
      case "647" -> new Refusal("the account is disabled (E=647)", Cause.DISABLED);
      case "648" -> new Refusal("the password has expired (E=648)", Cause.PASSWORD_EXPIRED);
      case "649" -> new Refusal("no permission to dial in (E=649)", Cause.NOT_NOW);
      case "691" -> new Refusal("user or password is wrong (E=691)", Cause.WRONG_PASSWORD);
      case "709" -> new Refusal("the password cannot be changed (E=709)", Cause.WRONG_PASSWORD);
      default -> new Refusal("E=" + number, Cause.WRONG_PASSWORD);
    };
  }

  /** What stands behind the identifier. */
  private static Optional<String> text(ReceivedPacket packet, int type) {
    return packet
        .vendorValue(VENDOR, type)
        .filter(value -> value.length > 1)
        .map(value -> new String(value, 1, value.length - 1, StandardCharsets.ISO_8859_1));
  }
}
