package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.pushgate.radius.user.UserName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the groups of a user.
 *
 * <p>Bounded: a user of more groups than that is refused, since a rule for one of those left out
 * might have refused them.
 *
 * <p>Safe for any number of threads.
 */
final class GroupReader {
  static final int MOST_GROUPS = 1000;
  static final int MOST_DEPTH = 10;

  /** LDAP_MATCHING_RULE_IN_CHAIN (MS-ADTS section 3.1.1.3.4.4). */
  private static final String IN_CHAIN = "1.2.840.113556.1.4.1941";

  private final GroupLookup lookup;
  private final String base;
  private final Searches searches;

  /**
   * @param base where the matching rule looks for groups of an attribute
   */
  GroupReader(GroupLookup lookup, String base, Searches searches) {
    this.lookup = lookup;
    this.base = base;
    this.searches = searches;
  }

  /** What to read of the user's entry. */
  List<String> attributes() {
    return lookup instanceof GroupLookup.InEntry(String attribute, GroupLookup.Nesting _)
        ? List.of(attribute)
        : List.of();
  }

  /**
   * Names of the groups, in no order that means anything.
   *
   * @param entry the user's
   * @param user as a filter has it
   */
  Set<String> of(Conversation conversation, Entry entry, String user)
      throws LDAPException, DirectoryException {
    return switch (lookup) {
      case GroupLookup.None() -> Set.of();
      case GroupLookup.InEntry inEntry ->
          inEntry.nesting() == GroupLookup.Nesting.MATCHING_RULE
              ? inChain(conversation, entry)
              : inEntry(conversation, entry, inEntry);
      case GroupLookup.BySearch bySearch -> bySearch(conversation, entry, user, bySearch);
    };
  }

  private Set<String> inChain(Conversation conversation, Entry entry)
      throws LDAPException, DirectoryException {
    Filter filter = Filter.createExtensibleMatchFilter("member", IN_CHAIN, false, entry.getDN());
    Names names = new Names();
    for (SearchResultEntry group :
        searches.under(conversation, base, filter, MOST_GROUPS, List.of("cn"))) {
      names.addAll(group, "cn");
    }
    return names.found;
  }

  private Set<String> inEntry(Conversation conversation, Entry entry, GroupLookup.InEntry inEntry)
      throws LDAPException, DirectoryException {
    Names names = new Names();
    List<String> level = values(entry, inEntry.attribute());
    Set<String> seen = new HashSet<>();
    for (int depth = 0; !level.isEmpty(); depth++) {
      refuseDeep(depth);
      List<String> next = new ArrayList<>();
      for (String value : level) {
        if (seen.add(folded(value))) {
          names.add(name(value));
          if (inEntry.nesting() == GroupLookup.Nesting.UPWARD && DN.isValidDN(value)) {
            for (SearchResultEntry group :
                searches.at(conversation, value, List.of(inEntry.attribute()))) {
              next.addAll(values(group, inEntry.attribute()));
            }
          }
        }
      }
      level = next;
    }
    return names.found;
  }

  private Set<String> bySearch(
      Conversation conversation, Entry entry, String user, GroupLookup.BySearch bySearch)
      throws LDAPException, DirectoryException {
    Names names = new Names();
    List<String> level = List.of(entry.getDN());
    Set<String> seen = new HashSet<>();
    for (int depth = 0; !level.isEmpty(); depth++) {
      refuseDeep(depth);
      List<String> next = new ArrayList<>();
      for (String member : level) {
        for (SearchResultEntry group :
            searches.under(
                conversation,
                bySearch.base(),
                bySearch.filter().with(user, member),
                MOST_GROUPS,
                List.of(bySearch.nameAttribute()))) {
          if (seen.add(folded(group.getDN()))) {
            names.addAll(group, bySearch.nameAttribute());
            next.add(group.getDN());
          }
        }
      }
      level = bySearch.nesting() == GroupLookup.Nesting.NONE ? List.of() : next;
    }
    return names.found;
  }

  private static void refuseDeep(int depth) throws DirectoryException {
    if (depth > MOST_DEPTH) {
      throw new DirectoryException(
          DirectoryException.Scope.DIRECTORY,
          "the user's groups are in groups more than " + MOST_DEPTH + " deep");
    }
  }

  private static List<String> values(Entry entry, String attribute) {
    String[] values = entry.getAttributeValues(attribute);
    return values == null ? List.of() : List.of(values);
  }

  private static String folded(String dn) {
    try {
      return DN.normalize(dn);
    } catch (LDAPException notADn) {
      return UserName.folded(dn);
    }
  }

  /** The first part of a DN, or all of what is none. */
  private static String name(String value) {
    try {
      RDN first = new DN(value).getRDN();
      return first == null ? value : first.getAttributeValues()[0];
    } catch (LDAPException notADn) {
      return value;
    }
  }

  /** Names that have been found, a bounded number. */
  private static final class Names {
    private final Set<String> found = new TreeSet<>();

    void addAll(SearchResultEntry group, String attribute) throws DirectoryException {
      for (String name : new LinkedHashSet<>(values(group, attribute))) {
        add(name);
      }
    }

    void add(String name) throws DirectoryException {
      // No rule can name it.
      if (UserName.objection(name).isEmpty()) {
        found.add(name);
      }
      if (found.size() > MOST_GROUPS) {
        throw new DirectoryException(
            DirectoryException.Scope.DIRECTORY,
            "the user is in more than " + MOST_GROUPS + " groups");
      }
    }
  }
}
