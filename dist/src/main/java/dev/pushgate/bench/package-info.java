/** {@code pushgate bench}: measures this Pushgate, where it can beside another server. */
@NullMarked
package dev.pushgate.bench;

import org.jspecify.annotations.NullMarked;
