/**
 * Messages that phones have signed: compact JWS (RFC 7515), taken strictly.
 *
 * <p>{@link dev.pushgate.push.signed.SignedMessage#parse} checks the form; whether the signature
 * stands is asked afterwards, with the key that the sender ought to have.
 */
@NullMarked
package dev.pushgate.push.signed;

import org.jspecify.annotations.NullMarked;
