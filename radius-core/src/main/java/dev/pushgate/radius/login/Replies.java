package dev.pushgate.radius.login;

import static org.tinyradius.packet.RadiusPacket.ACCESS_ACCEPT;
import static org.tinyradius.packet.RadiusPacket.ACCESS_CHALLENGE;
import static org.tinyradius.packet.RadiusPacket.ACCESS_REJECT;

import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.user.UserSource.Answer;
import java.nio.charset.StandardCharsets;

/** What stands in the replies to Access-Requests. */
public final class Replies {
  private Replies() {}

  /**
   * An Access-Accept.
   *
   * @param right what the source of users said of this very packet's password
   */
  static Reply accept(AccessRequest request, Answer.Right right) {
    return request.reply(ACCESS_ACCEPT);
  }

  /**
   * An Access-Challenge. All clients need State and Reply-Message, some take the time from it.
   *
   * @param state of the prompt, 1 to 32 characters of printable ASCII
   */
  static Reply challenge(AccessRequest request, Outcome.Asked asked, String state) {
    return request
        .reply(ACCESS_CHALLENGE)
        .addMessage(asked.prompt())
        .add(AttributeType.STATE, state.getBytes(StandardCharsets.US_ASCII))
        .addInteger(AttributeType.SESSION_TIMEOUT, asked.answerWithin().toSeconds())
        .addInteger(AttributeType.PROMPT, asked.echo() ? 1 : 0);
  }

  /** An Access-Reject that shows the user these words. */
  public static Reply reject(AccessRequest request, String words) {
    return request.reply(ACCESS_REJECT).addMessage(words);
  }
}
