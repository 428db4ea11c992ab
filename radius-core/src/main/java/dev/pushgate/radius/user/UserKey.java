package dev.pushgate.radius.user;

import java.util.regex.Pattern;

/**
 * What a key of the users file means.
 *
 * <p>User names may hold dots, so only what stands behind the last one decides, and only if it is
 * one of the known words: {@code alice.smith@corp} is a user, {@code alice.smith@corp.groups} the
 * groups of that user. A user's own name can therefore not end in {@code .groups}, {@code .factor}
 * or {@code .disabled}, nor in {@code .reply.WORD}.
 *
 * @param user whose it is, as written; for a reply attribute the whole key
 * @param property what it says of that user
 */
record UserKey(String user, Property property) {
  private static final Pattern REPLY = Pattern.compile(".+\\.reply\\.[A-Za-z0-9-]+");

  enum Property {
    PASSWORD(""),
    GROUPS(".groups"),
    FACTOR(".factor"),
    DISABLED(".disabled"),
    REPLY("");

    private final String suffix;

    Property(String suffix) {
      this.suffix = suffix;
    }
  }

  static UserKey of(String key) {
    for (Property property : Property.values()) {
      int userEnds = key.length() - property.suffix.length();
      if (!property.suffix.isEmpty() && userEnds > 0 && key.endsWith(property.suffix)) {
        return new UserKey(key.substring(0, userEnds), property);
      }
    }
    return new UserKey(key, REPLY.matcher(key).matches() ? Property.REPLY : Property.PASSWORD);
  }

  /** The same for all keys that say the same thing of the same user. */
  UserKey folded() {
    return new UserKey(UserName.folded(user), property);
  }
}
