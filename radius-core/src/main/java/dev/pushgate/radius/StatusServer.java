package dev.pushgate.radius;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.socket.ReplyPath;

/**
 * Answers Status-Server (RFC 5997), by which a NAS asks whether the server is there at all.
 *
 * <p>It costs so little that it is answered at once, however many logins wait; a copy is simply
 * answered again. It is no login, and says nothing of how the client signs those.
 */
final class StatusServer {
  private final int code;
  private final Discards discards;

  /**
   * @param code what the port answers with: Access-Accept or Accounting-Response
   */
  StatusServer(int code, Discards discards) {
    this.code = code;
    this.discards = discards;
  }

  /**
   * Answers, or drops a packet that has no Message-Authenticator: without it anybody could send it.
   */
  void answer(ReplyPath path, Client client, ReceivedPacket packet) {
    if (packet.isSigned()) {
      path.send(new Reply(code, packet, client.secret()).encode());
    } else {
      discards.note(DiscardReason.STATUS_SERVER_UNSIGNED, client, path.target());
    }
  }
}
