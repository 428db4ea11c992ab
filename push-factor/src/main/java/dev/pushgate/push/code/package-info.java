/**
 * One-time codes: those that an app computes (TOTP, RFC 6238) and those written down for bad days.
 */
@NullMarked
package dev.pushgate.push.code;

import org.jspecify.annotations.NullMarked;
