package dev.pushgate.push.bypass;

import java.time.Instant;

/**
 * What lets a user in without the second factor.
 *
 * @param user canonical name
 * @param granted since when
 * @param until when it ends by itself
 * @param reason in the administrator's words; to be made safe before it is shown
 * @param by the administrator, as their machine knows them; likewise
 */
public record Bypass(String user, Instant granted, Instant until, String reason, String by) {}
