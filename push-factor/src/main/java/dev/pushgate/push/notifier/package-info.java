/**
 * Ways to tell a phone that a challenge waits.
 *
 * <p>A way over a push service is one implementation of {@link
 * dev.pushgate.push.notifier.Notifier}.
 */
@NullMarked
package dev.pushgate.push.notifier;

import org.jspecify.annotations.NullMarked;
