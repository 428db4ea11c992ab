package dev.pushgate.radius;

import java.net.DatagramPacket;
import java.net.DatagramSocket;

/** What one of the server's ports does with the datagrams that come in on it. */
interface DatagramHandler {

  /**
   * Takes in one datagram; must not block.
   *
   * @param socket that received it, and that replies leave from
   * @param datagram whose octets are not used after the return
   */
  void take(DatagramSocket socket, DatagramPacket datagram);
}
