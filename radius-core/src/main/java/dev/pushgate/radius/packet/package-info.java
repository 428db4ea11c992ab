/** What stands in a datagram: structure, attributes, authenticators, hidden passwords. */
@NullMarked
package dev.pushgate.radius.packet;

import org.jspecify.annotations.NullMarked;
