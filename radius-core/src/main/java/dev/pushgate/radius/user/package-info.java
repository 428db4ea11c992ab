/** Who a user is and whether a password is right. */
@NullMarked
package dev.pushgate.radius.user;

import org.jspecify.annotations.NullMarked;
