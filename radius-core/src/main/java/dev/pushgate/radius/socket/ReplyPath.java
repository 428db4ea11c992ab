package dev.pushgate.radius.socket;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way back to whoever sent a request: from the very socket that received it.
 *
 * @param socket that received the request
 * @param target address and port that the request came from
 */
public record ReplyPath(DatagramSocket socket, InetSocketAddress target) {
  private static final Logger log = LoggerFactory.getLogger(ReplyPath.class);

  /** Sends a reply; a failure is logged, and the client's retransmission will ask again. */
  public void send(byte[] reply) {
    try {
      socket.send(new DatagramPacket(reply, reply.length, target));
    } catch (IOException e) {
      log.warn(
          "sending to {} failed: {}",
          target,
          socket.isClosed() ? "the address that it asked is gone" : e.getMessage());
    }
  }
}
