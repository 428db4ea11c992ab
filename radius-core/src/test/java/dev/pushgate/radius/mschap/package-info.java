@NullMarked
package dev.pushgate.radius.mschap;

import org.jspecify.annotations.NullMarked;
