@NullMarked
package dev.pushgate;

import org.jspecify.annotations.NullMarked;
