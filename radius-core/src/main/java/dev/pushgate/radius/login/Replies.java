package dev.pushgate.radius.login;

import static org.tinyradius.packet.RadiusPacket.ACCESS_ACCEPT;
import static org.tinyradius.packet.RadiusPacket.ACCESS_CHALLENGE;
import static org.tinyradius.packet.RadiusPacket.ACCESS_REJECT;

import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.mschap.ServerProof;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.user.PasswordMethod;
import dev.pushgate.radius.user.UserSource.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands in the replies to Access-Requests. */
public final class Replies {
  private static final Logger log = LoggerFactory.getLogger(Replies.class);

  private Replies() {}

  /**
   * An Access-Accept with the attributes of the user, of the user's groups and of the client; an
   * Access-Reject where they are too many for a packet.
   *
   * @param right what the source of users said of this very packet's password
   * @return empty where it would not fit in a packet: without one of its attributes the user might
   *     be let in with other rights than were meant
   */
  static Optional<Reply> accept(AccessRequest request, Answer.Right right) {
    ReplyAttributes attributes = right.user().reply().or(request.client().reply());
    Reply accept = request.reply(ACCESS_ACCEPT).addAll(attributes);
    ServerProof proof = right.proof();
    if (proof != null) {
      MsChap2Attributes.addSuccess(accept, request.packet(), proof);
    }
    if (accept.fits()) {
      return Optional.of(accept);
    }
    log.error(
        "{}: {} octets of reply attributes are more than the packet can carry",
        request,
        attributes.length());
    return Optional.empty();
  }

  /** An Access-Challenge. All clients need State and Reply-Message, some take the time from it. */
  static Reply challenge(AccessRequest request, Outcome.Asked asked, State state) {
    return challenge(request, asked.prompt(), asked.answerWithin(), asked.echo(), state)
        .addAll(asked.attributes());
  }

  /** An Access-Challenge by which a source of users asks. */
  static Reply challenge(AccessRequest request, Answer.Asked asked, State state) {
    return challenge(request, asked.prompt(), asked.answerWithin(), asked.echo(), state);
  }

  private static Reply challenge(
      AccessRequest request, String prompt, Duration answerWithin, boolean echo, State state) {
    return request
        .reply(ACCESS_CHALLENGE)
        .addMessage(prompt)
        .add(AttributeType.STATE, state.text().getBytes(StandardCharsets.US_ASCII))
        .addInteger(AttributeType.SESSION_TIMEOUT, answerWithin.toSeconds())
        .addInteger(AttributeType.PROMPT, echo ? 1 : 0);
  }

  /** An Access-Reject that shows the user these words. */
  public static Reply reject(AccessRequest request, String words) {
    Reply reply = request.reply(ACCESS_REJECT).addMessage(words);
    if (request.method().equals(Optional.of(PasswordMethod.MSCHAPV2))) {
      MsChap2Attributes.addError(reply, request.packet(), words);
    }
    return reply;
  }
}
