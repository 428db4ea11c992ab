package dev.pushgate.radius.socket;

import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A NAS that takes answers from anywhere and tells where they came from. Each line {@code USER
 * ADDRESS MILLIS} is a request with a socket of its own, {@code again} the last one once more; each
 * is answered by {@code CODE from ADDRESS} or {@code silence}.
 */
final class NasInNamespace {
  static final String SECRET = "secret";

  private NasInNamespace() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    DatagramSocket socket = new DatagramSocket();
    DatagramPacket request = new DatagramPacket(new byte[0], 0);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (!line.equals("again")) {
        String[] words = line.split(" ", -1);
        socket.close();
        socket = new DatagramSocket();
        socket.setSoTimeout(Integer.parseInt(words[2]));
        byte[] octets =
            new SignedRequest(1, SharedSecret.of(SECRET), new SecureRandom())
                .add(AttributeType.USER_NAME, words[0].getBytes(StandardCharsets.UTF_8))
                .addPassword(new byte[] {'x'})
                .encode();
        InetAddress server = InetAddress.ofLiteral(words[1]);
        request = new DatagramPacket(octets, octets.length, new InetSocketAddress(server, 1812));
      }
      System.out.println(ask(socket, request));
    }
    socket.close();
  }

  private static String ask(DatagramSocket socket, DatagramPacket request) throws IOException {
    DatagramPacket reply = new DatagramPacket(new byte[4096], 4096);
    try {
      socket.send(request);
      socket.receive(reply);
    } catch (SocketTimeoutException e) {
      return "silence";
    } catch (IOException e) {
      return "silence, " + e.getMessage();
    }
    return reply.getData()[0] + " from " + reply.getAddress().getHostAddress();
  }
}
