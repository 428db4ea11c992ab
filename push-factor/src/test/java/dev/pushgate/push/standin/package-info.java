/**
 * Stand-ins for what cannot be reached from a test: push services of others, behind a proxy that
 * finds them by the names that they have in the world.
 */
@NullMarked
package dev.pushgate.push.standin;

import org.jspecify.annotations.NullMarked;
