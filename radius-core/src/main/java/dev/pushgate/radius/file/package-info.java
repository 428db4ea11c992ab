/** Files that people edit by hand and commands change beside them. */
@NullMarked
package dev.pushgate.radius.file;

import org.jspecify.annotations.NullMarked;
