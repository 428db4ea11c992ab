/** The running server: its parts put together by plain constructors, and reloaded. */
@NullMarked
package dev.pushgate.server;

import org.jspecify.annotations.NullMarked;
