/** What one address, and all together, may ask of the listener at a time. */
@NullMarked
package dev.pushgate.callback.limit;

import org.jspecify.annotations.NullMarked;
