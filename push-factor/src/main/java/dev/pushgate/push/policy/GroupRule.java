package dev.pushgate.push.policy;

import dev.pushgate.radius.client.Mode;
import org.jspecify.annotations.Nullable;

/**
 * What users of a group need.
 *
 * @param requirement the second factor, or null where the group says nothing of it
 * @param mode how they are asked, whatever the client's mode is; or null for the client's
 */
public record GroupRule(@Nullable Requirement requirement, @Nullable Mode mode) {}
