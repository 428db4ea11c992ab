package dev.pushgate.push.phone;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A challenge as a phone sees it (CHALLENGE in docs/phone-api.md).
 *
 * @param id identifier of the challenge, 22 to 32 characters of base64url
 * @param nonce base64url; the verdict repeats it
 * @param user canonical name of the user who is asked
 * @param service the name that the administrator gave this service
 * @param client the NAS at which the login waits
 * @param from the user's address as text made safe to show, or null where the NAS does not say
 * @param issued when it was opened
 * @param expires when it ends unanswered
 * @param digits how many digits the user must type (2 to 8), or 0 where none are asked
 */
public record Question(
    String id,
    String nonce,
    String user,
    String service,
    String client,
    @Nullable String from,
    Instant issued,
    Instant expires,
    int digits) {}
