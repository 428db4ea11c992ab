/**
 * Other RADIUS servers: a client of theirs, and the users whom they know.
 *
 * <p>{@link dev.pushgate.radius.upstream.UpstreamClient} is of use without the rest.
 */
@NullMarked
package dev.pushgate.radius.upstream;

import org.jspecify.annotations.NullMarked;
