package dev.pushgate.radius.login;

import static org.tinyradius.packet.RadiusPacket.ACCESS_ACCEPT;
import static org.tinyradius.packet.RadiusPacket.ACCESS_REJECT;

import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.user.UserSource.Answer;
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
   */
  static Reply accept(AccessRequest request, Answer.Right right) {
    ReplyAttributes attributes = right.user().reply().or(request.client().reply());
    Reply accept = request.reply(ACCESS_ACCEPT).addAll(attributes);
    if (accept.fits()) {
      return accept;
    }
    // Without one of them the user might be let in with other rights than were meant.
    log.error(
        "{}: refused, {} octets of reply attributes are more than the packet can carry",
        request,
        attributes.length());
    return reject(request, Words.UNAVAILABLE);
  }

  /** An Access-Reject that shows the user these words. */
  public static Reply reject(AccessRequest request, String words) {
    return request.reply(ACCESS_REJECT).addMessage(words);
  }
}
