/** {@code pushgate demo}: a throw-away server that plays one login by itself. */
@NullMarked
package dev.pushgate.demo;

import org.jspecify.annotations.NullMarked;
