/** Logins that need no second factor for a while because one like them had it. */
@NullMarked
package dev.pushgate.push.remember;

import org.jspecify.annotations.NullMarked;
