/** What a terminal shows beyond lines of text. */
@NullMarked
package dev.pushgate.terminal;

import org.jspecify.annotations.NullMarked;
