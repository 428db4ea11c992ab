package dev.pushgate.radius.upstream;

import dev.pushgate.radius.dictionary.AttributeSelection;

/**
 * What an {@link UpstreamSource} sends and takes over.
 *
 * @param typedName whether PAP and CHAP send the name as the user typed it, realm and all, and not
 *     the canonical one; MS-CHAPv2 always does
 * @param nasIdentifier how this server calls itself, 1 to 253 octets in UTF-8
 * @param passTo what is taken from the NAS's Access-Request into the one to the other server
 * @param passBack what is taken from the other server's Access-Accept into the one to the NAS
 */
public record UpstreamSourceSettings(
    boolean typedName,
    String nasIdentifier,
    AttributeSelection passTo,
    AttributeSelection passBack) {}
