/**
 * The UDP sockets: one for each local address, so that answers leave from where they were asked.
 */
@NullMarked
package dev.pushgate.radius.socket;

import org.jspecify.annotations.NullMarked;
