/** The certificate that the listener shows: the administrator's, or one made by itself. */
@NullMarked
package dev.pushgate.callback.certificate;

import org.jspecify.annotations.NullMarked;
