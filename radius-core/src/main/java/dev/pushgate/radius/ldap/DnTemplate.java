package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.Optional;

/**
 * The name of an entry (RFC 4514) with a gap: {@code uid={user},ou=people,dc=example,dc=com}.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Parsed while the gap is empty; what is put into it becomes the value of a part of the name,
 * whatever characters it has.
 *
 * @param text as written
 */
public record DnTemplate(String text) {
  private static final String MARK = "\ue000";

  /**
   * @throws IllegalArgumentException where {@link #objection} has one
   */
  public DnTemplate {
    Optional<String> objection = objection(text);
    if (objection.isPresent()) {
      throw new IllegalArgumentException(objection.get());
    }
  }

  /** What speaks against a text as such a name, or empty where it can be used. */
  public static Optional<String> objection(String text) {
    if (!text.contains(FilterTemplate.USER)) {
      return Optional.of("it does not have " + FilterTemplate.USER + " in it");
    }
    if (text.contains(MARK)) {
      return Optional.of("it has characters of Unicode's private use area");
    }
    try {
      return filled(parsed(text), "user").toString().contains("\\ee\\80\\80")
              || filled(parsed(text), "user").toString().contains(MARK)
          ? Optional.of(FilterTemplate.USER + " stands elsewhere than behind an =")
          : Optional.empty();
    } catch (LDAPException e) {
      return Optional.of("it is no DN as RFC 4514 has it");
    }
  }

  /**
   * The name of this user's entry.
   *
   * @param user taken literally; hostile, not empty
   */
  DN with(String user) {
    try {
      return filled(parsed(text), user);
    } catch (LDAPException e) {
      throw new IllegalStateException("a DN that has been parsed before", e);
    }
  }

  private static DN parsed(String text) throws LDAPException {
    return new DN(text.replace(FilterTemplate.USER, MARK));
  }

  private static DN filled(DN template, String user) {
    RDN[] parts = template.getRDNs();
    RDN[] filled = new RDN[parts.length];
    for (int i = 0; i < parts.length; i++) {
      String[] values = parts[i].getAttributeValues();
      for (int j = 0; j < values.length; j++) {
        values[j] = values[j].replace(MARK, user);
      }
      filled[i] = new RDN(parts[i].getAttributeNames(), values);
    }
    return new DN(filled);
  }
}
