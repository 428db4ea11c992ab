/** How often a user may be asked, and how often somebody may guess. */
@NullMarked
package dev.pushgate.push.limit;

import org.jspecify.annotations.NullMarked;
