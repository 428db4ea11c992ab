/**
 * The file {@code pushgate.conf} as immutable records, and every mistake in it with line and
 * remedy.
 */
@NullMarked
package dev.pushgate.configuration;

import org.jspecify.annotations.NullMarked;
