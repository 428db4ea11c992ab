package dev.pushgate.radius.login;

import dev.pushgate.radius.user.UserSource.Answer;

/**
 * One packet of a login, with the right password in it.
 *
 * @param pending waits for the reply
 * @param right what the source of users said of this very packet
 */
record LoginPacket(PendingReply pending, Answer.Right right) {

  AccessRequest request() {
    return pending.request();
  }

  /** Whether it came from the same client as that one and to the same socket. */
  boolean cameTheWayOf(LoginPacket other) {
    return pending.receivedOn().equals(other.pending.receivedOn())
        && request().client().name().equals(other.request().client().name());
  }
}
