/** A phone in Java: enrols, asks for challenges, answers them. */
@NullMarked
package dev.pushgate.callback.phone;

import org.jspecify.annotations.NullMarked;
