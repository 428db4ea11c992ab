/** How log lines leave this process. */
@NullMarked
package dev.pushgate.logging;

import org.jspecify.annotations.NullMarked;
