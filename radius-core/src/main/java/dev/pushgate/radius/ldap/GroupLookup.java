package dev.pushgate.radius.ldap;

/** Where a user's groups are found. */
public sealed interface GroupLookup {

  /** Nowhere. */
  record None() implements GroupLookup {}

  /**
   * An attribute of the user's entry names them.
   *
   * @param attribute its values are DNs, of which the first part is the name of a group, or names
   * @param nesting whether groups of groups count
   */
  record InEntry(String attribute, Nesting nesting) implements GroupLookup {}

  /**
   * Groups name their members.
   *
   * @param base where groups are searched
   * @param filter finds those of {@code {dn}} or {@code {user}}
   * @param nameAttribute has the name of a group
   * @param nesting whether groups of groups count; {@link Nesting#UPWARD} needs {@code {dn}}
   */
  record BySearch(String base, FilterTemplate filter, String nameAttribute, Nesting nesting)
      implements GroupLookup {}

  /** How groups of groups are found. */
  enum Nesting {
    /** They do not count. */
    NONE,
    /** By one search after the other. */
    UPWARD,
    /** By Active Directory's matching rule 1.2.840.113556.1.4.1941, in one search. */
    MATCHING_RULE
  }
}
