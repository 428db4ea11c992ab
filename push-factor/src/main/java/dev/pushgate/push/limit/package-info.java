/**
 * How often a user may be asked or fail, so that who has the password can neither wear nor shut out
 * the user.
 */
@NullMarked
package dev.pushgate.push.limit;

import org.jspecify.annotations.NullMarked;
