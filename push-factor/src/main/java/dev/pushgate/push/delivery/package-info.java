/**
 * How the devices of a user come to know of a challenge: all at once, each by its own way, in time;
 * and what is learnt of an address on the way.
 */
@NullMarked
package dev.pushgate.push.delivery;

import org.jspecify.annotations.NullMarked;
