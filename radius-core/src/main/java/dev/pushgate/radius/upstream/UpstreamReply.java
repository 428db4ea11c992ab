package dev.pushgate.radius.upstream;

import dev.pushgate.radius.nas.NasAnswer;
import dev.pushgate.radius.packet.SignedRequest;

/** What became of a request. */
public sealed interface UpstreamReply {

  /**
   * A server has answered: by an Accept, a Reject or a Challenge.
   *
   * @param answer its authenticators are right
   * @param request the packet that it answers, which reveals keys in it
   * @param server who has answered, and who must get the answer to a Challenge
   */
  record Answered(NasAnswer answer, SignedRequest request, UpstreamServer server)
      implements UpstreamReply {}

  /**
   * None has answered in time; another try may help.
   *
   * @param why names the servers, and what to look at
   */
  record Unanswered(String why) implements UpstreamReply {}

  /**
   * As many requests wait already as may wait at once; nothing was sent.
   *
   * @param why for the log
   */
  record Busy(String why) implements UpstreamReply {}
}
