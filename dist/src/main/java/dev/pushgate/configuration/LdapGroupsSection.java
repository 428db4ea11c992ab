package dev.pushgate.configuration;

import dev.pushgate.radius.ldap.FilterTemplate;
import dev.pushgate.radius.ldap.GroupLookup;
import dev.pushgate.radius.ldap.GroupLookup.Nesting;
import java.util.Optional;

/** Reads where the groups of a directory's users are found. */
final class LdapGroupsSection {
  private final Section source;
  private final Section groups;
  private final LdapAttributes attributes;

  /**
   * @param source the section of the directory
   */
  LdapGroupsSection(Section source, LdapAttributes attributes) {
    this.source = source;
    this.groups = source.section("groups");
    this.attributes = attributes;
  }

  /**
   * @param activeDirectory whether defaults are those of Active Directory
   * @param base of users, where groups are searched too if nothing else is said
   */
  GroupLookup read(boolean activeDirectory, String base) {
    Optional<String> attribute = attributes.name(source, "group-attribute");
    boolean nested = source.word("nested", Words.table("on", true, "off", false), activeDirectory);
    Nesting upward = nested ? Nesting.UPWARD : Nesting.NONE;
    if (!groups.isEmpty()) {
      if (attribute.isPresent()) {
        groups.warning("so group-attribute is not used", "Remove one of the two");
      }
      return bySearch(base, upward);
    }
    if (attribute.isPresent()) {
      boolean inOneSearch = activeDirectory && attribute.get().equalsIgnoreCase("memberOf");
      return new GroupLookup.InEntry(
          attribute.get(), nested && inOneSearch ? Nesting.MATCHING_RULE : upward);
    }
    if (activeDirectory) {
      return new GroupLookup.InEntry("memberOf", nested ? Nesting.MATCHING_RULE : Nesting.NONE);
    }
    if (nested) {
      source.problem(
          "groups of groups are to count, but no groups are read",
          "Set group-attribute, or write groups { … }");
    }
    return new GroupLookup.None();
  }

  private GroupLookup bySearch(String usersBase, Nesting nesting) {
    Setting setting = groups.setting("base");
    if (!groups.has("base") && usersBase.isEmpty()) {
      groups.missing(
          "base",
          "it is not said where groups are",
          "Set it to what they are under, such as \"ou=groups,dc=example,dc=com\"");
    }
    String base = setting == null ? usersBase : LdapSection.dn(setting);
    FilterTemplate filter = LdapSection.filter(groups, "filter", "(member={dn})");
    if (filter != null && !filter.hasDn() && (nesting != Nesting.NONE || !filter.hasUser())) {
      groups.problem(
          "filter does not find the groups of one entry",
          "Write {dn} in it" + (nesting == Nesting.NONE ? " or {user}" : ""));
    }
    String name = attributes.name(groups, "name-attribute").orElse("cn");
    groups.refuseUnknown(Vocabulary.LDAP_GROUPS);
    return base == null || filter == null
        ? new GroupLookup.None()
        : new GroupLookup.BySearch(base, filter, name, nesting);
  }
}
