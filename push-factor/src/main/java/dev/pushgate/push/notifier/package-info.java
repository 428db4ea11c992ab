/**
 * Ways to tell a phone that a challenge waits: one implementation of {@link
 * dev.pushgate.push.notifier.Notifier} for each kind of push service, in a package of its own.
 *
 * <p>When and how often one is used is for {@code dev.pushgate.push.delivery} to say.
 */
@NullMarked
package dev.pushgate.push.notifier;

import org.jspecify.annotations.NullMarked;
