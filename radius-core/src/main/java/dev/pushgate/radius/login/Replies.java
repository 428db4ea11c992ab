package dev.pushgate.radius.login;

import static org.tinyradius.packet.RadiusPacket.ACCESS_ACCEPT;
import static org.tinyradius.packet.RadiusPacket.ACCESS_REJECT;

import dev.pushgate.radius.mschap.ServerProof;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.user.PasswordMethod;
import dev.pushgate.radius.user.UserSource.Answer;
import java.util.Optional;

/** What stands in the replies to Access-Requests. */
public final class Replies {
  private Replies() {}

  /**
   * An Access-Accept.
   *
   * @param right what the source of users said of this very packet's password
   */
  static Reply accept(AccessRequest request, Answer.Right right) {
    Reply reply = request.reply(ACCESS_ACCEPT);
    ServerProof proof = right.proof();
    if (proof != null) {
      MsChap2Attributes.addSuccess(reply, request.packet(), proof);
    }
    return reply;
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
