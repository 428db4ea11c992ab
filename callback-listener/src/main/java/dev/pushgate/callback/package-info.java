/**
 * HTTPS for phones: the API of docs/phone-api.md and the web app.
 *
 * <p>Start at {@link dev.pushgate.callback.CallbackListener}.
 */
@NullMarked
package dev.pushgate.callback;

import org.jspecify.annotations.NullMarked;
