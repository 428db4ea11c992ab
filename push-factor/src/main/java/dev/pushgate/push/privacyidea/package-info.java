/**
 * The protocol of privacyIDEA Authenticator, an app of the stores, without HTTP: what it sends is
 * taken as form fields and answered by values.
 */
@NullMarked
package dev.pushgate.push.privacyidea;

import org.jspecify.annotations.NullMarked;
