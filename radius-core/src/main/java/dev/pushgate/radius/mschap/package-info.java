/**
 * The cryptography of MS-CHAPv2: responses and the server's answer (RFC 2759), session keys (RFC
 * 3079). Knows nothing of packets.
 */
@NullMarked
package dev.pushgate.radius.mschap;

import org.jspecify.annotations.NullMarked;
