/** Files that must be whole and private. */
@NullMarked
package dev.pushgate.callback.file;

import org.jspecify.annotations.NullMarked;
