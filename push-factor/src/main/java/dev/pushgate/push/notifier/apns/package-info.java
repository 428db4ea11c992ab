/**
 * Notifications through Apple's push service (APNs), by Pushy.
 *
 * <p>Written from Apple's documentation and tried against Pushy's mock server; never against Apple.
 */
@NullMarked
package dev.pushgate.push.notifier.apns;

import org.jspecify.annotations.NullMarked;
