package dev.pushgate.push.notifier;

import java.time.Instant;

/**
 * All that a push service may learn of a challenge: not who signs in, where, or from where.
 *
 * @param challenge identifier of the challenge, by which the phone asks us for the rest
 * @param callback base address at which it asks
 * @param expires from when on the notification is of no use
 */
public record Notice(String challenge, String callback, Instant expires) {}
