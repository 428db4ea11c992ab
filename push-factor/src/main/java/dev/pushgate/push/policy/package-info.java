/** Who needs what: which second factor a login asks for. */
@NullMarked
package dev.pushgate.push.policy;

import org.jspecify.annotations.NullMarked;
