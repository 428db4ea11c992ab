package dev.pushgate.push.code;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's app that computes codes.
 *
 * @param id 22 characters of base64url
 * @param user canonical name
 * @param enrolled when its secret was made
 * @param lastUsed when the time step of its last code that was used began, by our clock; null
 *     before the first
 */
public record CodeApp(
    String id, String user, TotpSettings settings, Instant enrolled, @Nullable Instant lastUsed) {}
