package dev.pushgate.push.limit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Pushes to a user are stopped, unless they come from a known place.
 *
 * @param user canonical name
 * @param since when the login was reported
 * @param until when this ends by itself, or null where it is to be lifted
 * @param from where the login came from, safe to show
 */
public record PushStop(String user, Instant since, @Nullable Instant until, String from) {}
