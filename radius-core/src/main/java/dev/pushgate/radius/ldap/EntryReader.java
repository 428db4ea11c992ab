package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.Entry;
import dev.pushgate.radius.dictionary.Definition;
import dev.pushgate.radius.dictionary.ReplyAttributeReader;
import dev.pushgate.radius.dictionary.ValueType;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.MailAddress;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a user of an entry.
 *
 * <p>What decides what the user may do (name, factor, reply attributes) must be right, or there is
 * no user; a mail address or a language that is of no use is passed over.
 *
 * <p>Safe for any number of threads.
 */
final class EntryReader {
  private static final Logger log = LoggerFactory.getLogger(EntryReader.class);

  private final LdapSettings settings;

  EntryReader(LdapSettings settings) {
    this.settings = settings;
  }

  /** What to read of an entry. */
  Set<String> attributes() {
    Set<String> names = new TreeSet<>();
    names.add(settings.nameAttribute());
    LdapSettings.Attributes wanted = settings.attributes();
    names.addAll(wanted.reply().values());
    wanted.mail().ifPresent(names::add);
    wanted.language().ifPresent(names::add);
    wanted.factor().ifPresent(names::add);
    return names;
  }

  /** The canonical name. */
  String name(Entry entry) throws DirectoryException {
    List<String> values = values(entry, settings.nameAttribute());
    if (values.size() != 1) {
      throw of(
          entry,
          settings.nameAttribute()
              + " has "
              + values.size()
              + " values, and name-attribute needs one");
    }
    String name = values.getFirst() + settings.nameSuffix();
    Optional<String> objection = UserName.objection(name);
    if (objection.isPresent()) {
      throw of(entry, "in " + settings.nameAttribute() + ", " + objection.get());
    }
    return name;
  }

  User user(Entry entry, Set<String> groups) throws DirectoryException {
    return new User(name(entry), groups, factor(entry), language(entry), mail(entry), reply(entry));
  }

  private @Nullable String factor(Entry entry) throws DirectoryException {
    List<String> values = values(entry, settings.attributes().factor().orElse(null));
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() > 1 || !settings.attributes().factors().contains(values.getFirst())) {
      throw of(
          entry,
          "'"
              + UntrustedText.shown(String.join(", ", values))
              + "' in the factor-attribute is no second factor of this server");
    }
    return values.getFirst();
  }

  private ReplyAttributes reply(Entry entry) throws DirectoryException {
    ReplyAttributeReader reader = new ReplyAttributeReader(settings.attributes().dictionary());
    ReplyAttributes all = ReplyAttributes.NONE;
    for (Map.Entry<String, String> each : new TreeMap<>(settings.attributes().reply()).entrySet()) {
      boolean address =
          reader
              .find(each.getKey().replaceFirst(":.*", ""))
              .map(Definition::type)
              .filter(type -> type == ValueType.IPADDR)
              .isPresent();
      List<String> values =
          values(entry, each.getValue()).stream()
              .map(value -> address ? dotted(value) : value)
              .toList();
      if (!values.isEmpty()) {
        switch (reader.read(each.getKey(), values)) {
          case ReplyAttributeReader.Reading.Read(ReplyAttributes read) -> all = all.and(read);
          case ReplyAttributeReader.Reading.Refused(String what, String _) ->
              throw of(entry, "in " + each.getValue() + ", " + what);
          case ReplyAttributeReader.Reading.Unknowable() ->
              throw of(entry, each.getKey() + " is in no dictionary that can be read");
        }
      }
    }
    if (all.length() > ReplyAttributes.MOST) {
      throw of(entry, "the reply attributes have more octets than a packet can carry");
    }
    return all;
  }

  /**
   * Active Directory keeps an IPv4 address as a signed number (MS-ADA2, msRADIUSFramedIPAddress).
   */
  static String dotted(String value) {
    if (!value.matches("-?[0-9]{1,10}")) {
      return value;
    }
    long number = Long.parseLong(value);
    return number < Integer.MIN_VALUE || number > 0xffffffffL
        ? value
        : "%d.%d.%d.%d"
            .formatted(
                (number >> 24) & 0xff, (number >> 16) & 0xff, (number >> 8) & 0xff, number & 0xff);
  }

  private @Nullable Language language(Entry entry) {
    return values(entry, settings.attributes().language().orElse(null)).stream()
        .map(value -> value.strip().toLowerCase(Locale.ROOT).split("[-_,;]", 2)[0].strip())
        .flatMap(word -> Arrays.stream(Language.values()).filter(each -> each.word().equals(word)))
        .findFirst()
        .orElse(null);
  }

  private @Nullable String mail(Entry entry) {
    List<String> values = values(entry, settings.attributes().mail().orElse(null));
    Optional<String> first = values.stream().filter(MailAddress::isPlain).findFirst();
    if (first.isEmpty() && !values.isEmpty()) {
      log.warn(
          "{} has no mail address that can be used: {}",
          UntrustedText.shown(entry.getDN()),
          UntrustedText.shown(values.getFirst()));
    }
    return first.orElse(null);
  }

  private static List<String> values(Entry entry, @Nullable String attribute) {
    String[] values = attribute == null ? null : entry.getAttributeValues(attribute);
    return values == null ? List.of() : List.of(values);
  }

  private static DirectoryException of(Entry entry, String what) {
    return new DirectoryException(
        DirectoryException.Scope.DIRECTORY,
        "the entry "
            + UntrustedText.shown(entry.getDN())
            + " cannot be used: "
            + what
            + ". Correct it in the directory");
  }
}
