/** Enrolled phones, and the codes by which they are enrolled. */
@NullMarked
package dev.pushgate.push.device;

import org.jspecify.annotations.NullMarked;
