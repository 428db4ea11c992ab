package dev.pushgate.radius.login;

import static org.tinyradius.packet.RadiusPacket.ACCESS_ACCEPT;
import static org.tinyradius.packet.RadiusPacket.ACCESS_REJECT;

import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.user.UserSource.Answer;

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

  /** An Access-Reject that shows the user these words. */
  public static Reply reject(AccessRequest request, String words) {
    return request.reply(ACCESS_REJECT).addMessage(words);
  }
}
