/**
 * The second factor: a question put to the phones of a user, and the signed verdict that answers
 * it.
 *
 * <p>{@link dev.pushgate.push.PushFactor} is where a login waits; {@link
 * dev.pushgate.push.phone.Phones} is where a phone's words arrive.
 */
@NullMarked
package dev.pushgate.push;

import org.jspecify.annotations.NullMarked;
