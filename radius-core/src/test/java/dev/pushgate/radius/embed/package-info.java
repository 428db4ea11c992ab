@NullMarked
package dev.pushgate.radius.embed;

import org.jspecify.annotations.NullMarked;
