@NullMarked
package dev.pushgate.callback;

import org.jspecify.annotations.NullMarked;
