/** What can be typed behind {@code pushgate}: one class for each command. */
@NullMarked
package dev.pushgate.command;

import org.jspecify.annotations.NullMarked;
