/** The sentences that users read over RADIUS, in their language. */
@NullMarked
package dev.pushgate.radius.message;

import org.jspecify.annotations.NullMarked;
