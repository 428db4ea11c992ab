/** {@code pushgate phone}: a phone in a terminal, one class for each of its commands. */
@NullMarked
package dev.pushgate.command.phone;

import org.jspecify.annotations.NullMarked;
