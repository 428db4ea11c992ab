/** Requests under way and the replies that are kept for those who ask again. */
@NullMarked
package dev.pushgate.radius.exchange;

import org.jspecify.annotations.NullMarked;
