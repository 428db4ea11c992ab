package dev.pushgate.configuration;

import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.dictionary.ReplyAttributeReader;
import dev.pushgate.radius.ldap.LdapSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads which attributes of a directory's entries are of use. */
final class LdapAttributes {
  /** A name or an OID, perhaps with options (RFC 4512 section 2.5). */
  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z][A-Za-z0-9-]{0,127}|[0-9]+(?:\\.[0-9]+)+)(?:;[A-Za-z0-9-]+)*");

  private final Section section;
  private final Dictionary dictionary;
  private final Set<String> plugins;

  LdapAttributes(Section section, Dictionary dictionary, Set<String> plugins) {
    this.section = section;
    this.dictionary = dictionary;
    this.plugins = plugins;
  }

  LdapSettings.Attributes read() {
    Set<String> factors = new TreeSet<>(FactorWords.ALL.keySet());
    factors.addAll(plugins);
    return new LdapSettings.Attributes(
        reply(),
        dictionary,
        name(section, "mail-attribute"),
        name(section, "language-attribute"),
        name(section, "factor-attribute"),
        factors);
  }

  /** The attribute that a key names; empty where it names none or cannot be one (reported). */
  Optional<String> name(Section from, String key) {
    Setting setting = from.setting(key);
    return setting == null ? Optional.empty() : name(setting);
  }

  private static Optional<String> name(Setting setting) {
    String text = setting.text();
    if (text == null || NAME.matcher(text).matches()) {
      return Optional.ofNullable(text);
    }
    setting.problem(
        Words.quoted(text) + " is not the name of an LDAP attribute", "Write one such as mail");
    return Optional.empty();
  }

  private Map<String, String> reply() {
    ReplyAttributeReader reader = new ReplyAttributeReader(dictionary);
    Map<String, String> mapping = new TreeMap<>();
    for (Map.Entry<String, Setting> each : section.section("reply").settings().entrySet()) {
      Optional<ReplyAttributeReader.Reading.Refused> objection = reader.objection(each.getKey());
      if (objection.isPresent()) {
        each.getValue().problem(objection.get().what(), objection.get().remedy());
      } else {
        name(each.getValue()).ifPresent(name -> mapping.put(each.getKey(), name));
      }
    }
    return mapping;
  }
}
