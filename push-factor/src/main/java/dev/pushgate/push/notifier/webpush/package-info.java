/**
 * Notifications through the push services of browsers: RFC 8030 (the protocol), RFC 8291 (what is
 * sent can be read by the browser alone) and RFC 8292 (by which key the service knows us).
 */
@NullMarked
package dev.pushgate.push.notifier.webpush;

import org.jspecify.annotations.NullMarked;
