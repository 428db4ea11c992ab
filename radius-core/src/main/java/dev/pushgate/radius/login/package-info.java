/** One login from the decoded request to the reply: password, second factor, time budget. */
@NullMarked
package dev.pushgate.radius.login;

import org.jspecify.annotations.NullMarked;
