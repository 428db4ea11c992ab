package dev.pushgate.radius.user;

/**
 * A user as a file keeps them.
 *
 * @param user who it is
 * @param password what they must know
 * @param disabled whether they are refused all the same
 */
public record Account(User user, StoredPassword password, boolean disabled) {}
