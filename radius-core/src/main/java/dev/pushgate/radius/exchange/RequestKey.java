package dev.pushgate.radius.exchange;

import dev.pushgate.radius.socket.Endpoint;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * What makes two datagrams the same request (RFC 5080 section 2.2.2): all of it equal.
 *
 * @param source where it came from
 * @param local where the socket that received it is bound
 * @param identifier of the packet, 0 to 255
 * @param authenticatorHigh first half of the Request Authenticator
 * @param authenticatorLow second half of the Request Authenticator
 */
public record RequestKey(
    Endpoint source,
    Endpoint local,
    int identifier,
    long authenticatorHigh,
    long authenticatorLow) {

  /** As the canonical constructor, from addresses with their ports. */
  public RequestKey(
      InetSocketAddress source,
      InetSocketAddress local,
      int identifier,
      long authenticatorHigh,
      long authenticatorLow) {
    this(Endpoint.of(source), Endpoint.of(local), identifier, authenticatorHigh, authenticatorLow);
  }

  /**
   * Makes a key.
   *
   * @param authenticator the Request Authenticator, 16 octets
   */
  public static RequestKey of(
      InetSocketAddress source, InetSocketAddress local, int identifier, byte[] authenticator) {
    ByteBuffer halves = ByteBuffer.wrap(authenticator);
    return new RequestKey(source, local, identifier, halves.getLong(), halves.getLong());
  }
}
