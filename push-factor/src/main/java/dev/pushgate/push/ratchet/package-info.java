/** What the RADIUS side wants kept over restarts. */
@NullMarked
package dev.pushgate.push.ratchet;

import org.jspecify.annotations.NullMarked;
