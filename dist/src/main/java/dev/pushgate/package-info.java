/** The {@code pushgate} command: where everything is put together. */
@NullMarked
package dev.pushgate;

import org.jspecify.annotations.NullMarked;
