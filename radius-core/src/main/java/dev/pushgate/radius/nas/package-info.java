/**
 * The other side: a NAS that asks a RADIUS server, for {@code pushgate login}, tests and others.
 */
@NullMarked
package dev.pushgate.radius.nas;

import org.jspecify.annotations.NullMarked;
