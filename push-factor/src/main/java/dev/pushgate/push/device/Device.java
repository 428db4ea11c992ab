package dev.pushgate.push.device;

import dev.pushgate.push.signed.DeviceKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An enrolled phone.
 *
 * @param id 22 to 32 characters of base64url
 * @param user canonical name of the user it belongs to
 * @param name what the user calls it: a text from the phone, 1 to 64 characters, without control
 *     and bidi characters
 * @param key what its signatures are checked with; its kind says which protocol the device speaks
 * @param push where notifications go
 * @param health how well they got there
 * @param enrolled when, to the millisecond
 * @param lastSeen when it last spoke to us, to a minute or so, or null where it has not since it
 *     was enrolled
 */
public record Device(
    String id,
    String user,
    String name,
    DeviceKey key,
    PushAddress push,
    PushHealth health,
    Instant enrolled,
    @Nullable Instant lastSeen) {}
