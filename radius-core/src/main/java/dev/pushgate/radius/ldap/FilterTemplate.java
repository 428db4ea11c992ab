package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A search filter (RFC 4515) with gaps: {@code {user}} and {@code {dn}}.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>The filter is parsed while its gaps are empty, and what is put into them becomes the value of
 * a comparison, whatever characters it has: nothing typed by a user is ever parsed.
 *
 * @param text as written
 */
public record FilterTemplate(String text) {
  static final String USER = "{user}";
  static final String DN = "{dn}";

  /** Stand in the parsed filter for the gaps; private use, so that no template has them. */
  private static final String USER_MARK = "\ue000";

  private static final String DN_MARK = "\ue001";

  /**
   * @throws IllegalArgumentException where {@link #objection} has one
   */
  public FilterTemplate {
    Optional<String> objection = objection(text);
    if (objection.isPresent()) {
      throw new IllegalArgumentException(objection.get());
    }
  }

  /** What speaks against a text as a filter, or empty where it can be used. */
  public static Optional<String> objection(String text) {
    if (text.contains(USER_MARK) || text.contains(DN_MARK)) {
      return Optional.of("it has characters of Unicode's private use area");
    }
    try {
      return gapsOutsideValues(parsed(text))
          ? Optional.of("a gap stands elsewhere than in the value of a comparison by =")
          : Optional.empty();
    } catch (LDAPException e) {
      return Optional.of("it is no filter as RFC 4515 has it");
    }
  }

  /** Whether the filter depends on who asks. */
  public boolean hasUser() {
    return text.contains(USER);
  }

  /** Whether the filter depends on the DN of an entry. */
  public boolean hasDn() {
    return text.contains(DN);
  }

  /**
   * The filter for these values, both taken literally.
   *
   * @param user for {@code {user}}; hostile
   * @param dn for {@code {dn}}
   */
  Filter with(String user, String dn) {
    return filled(parsedAgain(), null, user, dn);
  }

  /**
   * As {@link #with}, with every comparison that has {@code {user}} in it made with this attribute
   * and the whole name.
   */
  Filter withAttribute(String attribute, String user) {
    return filled(parsedAgain(), attribute, user, "");
  }

  private Filter parsedAgain() {
    try {
      return parsed(text);
    } catch (LDAPException e) {
      throw new IllegalStateException("a filter that has been parsed before", e);
    }
  }

  private static Filter parsed(String text) throws LDAPException {
    return Filter.create(text.replace(USER, USER_MARK).replace(DN, DN_MARK));
  }

  private static boolean gapsOutsideValues(Filter filter) {
    String rest = filled(filter, null, "user", "dc=example").toString();
    return rest.contains(USER_MARK)
        || rest.contains(DN_MARK)
        || rest.contains("\\ee\\80\\80")
        || rest.contains("\\ee\\80\\81");
  }

  private static Filter filled(Filter filter, @Nullable String attribute, String user, String dn) {
    return switch (filter.getFilterType()) {
      case Filter.FILTER_TYPE_AND ->
          Filter.createANDFilter(filledAll(filter.getComponents(), attribute, user, dn));
      case Filter.FILTER_TYPE_OR ->
          Filter.createORFilter(filledAll(filter.getComponents(), attribute, user, dn));
      case Filter.FILTER_TYPE_NOT ->
          Filter.createNOTFilter(filled(filter.getNOTComponent(), attribute, user, dn));
      case Filter.FILTER_TYPE_EQUALITY -> {
        String value = filter.getAssertionValue();
        boolean renamed = attribute != null && value.contains(USER_MARK);
        yield renamed
            ? Filter.createEqualityFilter(attribute, user)
            : Filter.createEqualityFilter(filter.getAttributeName(), filled(value, user, dn));
      }
      case Filter.FILTER_TYPE_EXTENSIBLE_MATCH ->
          Filter.createExtensibleMatchFilter(
              filter.getAttributeName(),
              filter.getMatchingRuleID(),
              filter.getDNAttributes(),
              filled(filter.getAssertionValue(), user, dn));
      default -> filter;
    };
  }

  private static Filter[] filledAll(
      Filter[] filters, @Nullable String attribute, String user, String dn) {
    Filter[] all = new Filter[filters.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = filled(filters[i], attribute, user, dn);
    }
    return all;
  }

  /** In one pass, so that a name with a mark in it is not filled again. */
  private static String filled(String value, String user, String dn) {
    StringBuilder filled = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      String each = value.substring(i, i + 1);
      filled.append(each.equals(USER_MARK) ? user : each.equals(DN_MARK) ? dn : each);
    }
    return filled.toString();
  }
}
