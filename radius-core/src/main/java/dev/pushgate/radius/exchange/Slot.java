package dev.pushgate.radius.exchange;

import java.net.InetSocketAddress;

/**
 * One of the 256 Identifiers of a NAS's port: it holds one request at a time (RFC 2865 section 3).
 *
 * @param source address and port that the requests come from
 * @param local address and port of the socket that receives them
 * @param identifier of the packets, 0 to 255
 */
public record Slot(InetSocketAddress source, InetSocketAddress local, int identifier) {}
