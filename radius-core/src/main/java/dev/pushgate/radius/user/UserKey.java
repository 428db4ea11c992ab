package dev.pushgate.radius.user;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a key of the users file means.
 *
 * <p>User names may hold dots, so only what stands behind the last one decides, and only if it is
 * one of the known words: {@code alice.smith@corp} is a user, {@code alice.smith@corp.groups} the
 * groups of that user. A user's own name can therefore not end in {@code .groups}, {@code .factor},
 * {@code .disabled}, {@code .valid-from}, {@code .valid-until}, {@code .language} or {@code .mail},
 * nor in {@code .reply.WORD}. {@code group.vpn.reply.WORD} speaks of a group.
 *
 * @param user whose it is, as written; for {@link Property#GROUP_REPLY} the name of a group
 * @param property what it says of that user or group
 * @param attribute name of a reply attribute, perhaps with a colon and a tag; else empty
 */
record UserKey(String user, Property property, String attribute) {
  private static final String GROUP = "group.";

  private static final Pattern REPLY =
      Pattern.compile("(?<owner>.+)\\.reply\\.(?<attribute>[A-Za-z0-9_-]+(?::[^.]*)?)");

  enum Property {
    PASSWORD(""),
    GROUPS("groups"),
    FACTOR("factor"),
    DISABLED("disabled"),
    VALID_FROM("valid-from"),
    VALID_UNTIL("valid-until"),
    LANGUAGE("language"),
    MAIL("mail"),
    REPLY(""),
    GROUP_REPLY("");

    private static final Map<String, Property> BY_WORD =
        Arrays.stream(values())
            .filter(property -> !property.word.isEmpty())
            .collect(Collectors.toMap(Property::word, Function.identity()));

    private final String word;

    Property(String word) {
      this.word = word;
    }

    /** What stands behind the last dot; empty where that does not tell. */
    String word() {
      return word;
    }
  }

  static UserKey of(String key) {
    int dot = key.lastIndexOf('.');
    Property property = dot > 0 ? Property.BY_WORD.get(key.substring(dot + 1)) : null;
    if (property != null) {
      return new UserKey(key.substring(0, dot), property, "");
    }
    // Asked first, since the pattern takes its time for each of a hundred thousand users.
    if (!key.contains(".reply.")) {
      return new UserKey(key, Property.PASSWORD, "");
    }
    Matcher reply = REPLY.matcher(key);
    if (!reply.matches()) {
      return new UserKey(key, Property.PASSWORD, "");
    }
    String owner = reply.group("owner");
    boolean isGroup = owner.startsWith(GROUP) && owner.length() > GROUP.length();
    return new UserKey(
        isGroup ? owner.substring(GROUP.length()) : owner,
        isGroup ? Property.GROUP_REPLY : Property.REPLY,
        reply.group("attribute"));
  }

  /** The same for all keys that say the same thing of the same user. */
  UserKey folded() {
    return new UserKey(
        property == Property.GROUP_REPLY ? user : UserName.folded(user),
        property,
        attribute.toLowerCase(Locale.ROOT));
  }

  boolean isReply() {
    return property == Property.REPLY || property == Property.GROUP_REPLY;
  }

  /** The user of the same name as this group would have to have, to be mistaken for it. */
  String mistakable() {
    return GROUP + user;
  }
}
