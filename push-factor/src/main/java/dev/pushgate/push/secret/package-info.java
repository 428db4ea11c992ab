/** Secrets that the store keeps: encrypted with keys that lie elsewhere. */
@NullMarked
package dev.pushgate.push.secret;

import org.jspecify.annotations.NullMarked;
