/** Accounting-Requests (RFC 2866): what they tell, and which of them tell it again. */
@NullMarked
package dev.pushgate.radius.accounting;

import org.jspecify.annotations.NullMarked;
