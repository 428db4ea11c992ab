/** Tests of the users file, its passwords and its editor. */
@NullMarked
package dev.pushgate.radius.user;

import org.jspecify.annotations.NullMarked;
