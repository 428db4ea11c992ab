/**
 * Ways round the second factor that an administrator opens, for the day on which a phone is lost.
 */
@NullMarked
package dev.pushgate.push.bypass;

import org.jspecify.annotations.NullMarked;
