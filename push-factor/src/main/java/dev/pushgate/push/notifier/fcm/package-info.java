/** Notifications by Google's Firebase Cloud Messaging, through the Firebase Admin SDK. */
@NullMarked
package dev.pushgate.push.notifier.fcm;

import org.jspecify.annotations.NullMarked;
