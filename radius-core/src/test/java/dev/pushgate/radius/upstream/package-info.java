@NullMarked
package dev.pushgate.radius.upstream;

import org.jspecify.annotations.NullMarked;
