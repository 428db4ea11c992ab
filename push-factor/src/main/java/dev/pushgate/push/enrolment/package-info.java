/** The first device of a user who has none. */
@NullMarked
package dev.pushgate.push.enrolment;

import org.jspecify.annotations.NullMarked;
