/** Tells administrators of what only they can mend. */
@NullMarked
package dev.pushgate.push.alarm;

import org.jspecify.annotations.NullMarked;
