/** The NASes that share a secret with this server, found by source address. */
@NullMarked
package dev.pushgate.radius.client;

import org.jspecify.annotations.NullMarked;
