/** Challenges: the questions put to a user's devices, each settled once. */
@NullMarked
package dev.pushgate.push.challenge;

import org.jspecify.annotations.NullMarked;
