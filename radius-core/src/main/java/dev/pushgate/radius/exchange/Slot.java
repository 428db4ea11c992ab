package dev.pushgate.radius.exchange;

import dev.pushgate.radius.socket.Endpoint;

/**
 * One of the 256 Identifiers of a NAS's port: it holds one request at a time (RFC 2865 section 3).
 *
 * @param source where the requests come from
 * @param local where the socket that receives them is bound
 * @param identifier of the packets, 0 to 255
 */
public record Slot(Endpoint source, Endpoint local, int identifier) {}
