package dev.pushgate.radius.ldap;

import dev.pushgate.radius.dictionary.Dictionary;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is said of a directory. Immutable; equal ones make equal sources.
 *
 * @param servers in the order in which they are asked; at least one, all with the same content
 * @param trust authorities that server certificates are made out by; empty for those of this Java
 * @param timeout for a connection and for an answer
 * @param loginMethod how passwords are checked
 * @param base under which users are searched
 * @param filter finds a user by {@code {user}}
 * @param nameAttribute has the canonical name, in one value
 * @param nameSuffix is added to it; may be empty
 * @param groups where groups are found
 * @param attributes what else of an entry is of use
 * @param referrals where the directory may send us
 * @param activeDirectory whether accounts have the attributes of Active Directory
 */
public record LdapSettings(
    List<LdapServer> servers,
    List<X509Certificate> trust,
    Duration timeout,
    LoginMethod loginMethod,
    String base,
    FilterTemplate filter,
    String nameAttribute,
    String nameSuffix,
    GroupLookup groups,
    Attributes attributes,
    Referrals referrals,
    boolean activeDirectory) {
  /** Shortest {@code timeout}. */
  public static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);

  /** Longest {@code timeout}. */
  public static final Duration MOST_TIMEOUT = Duration.ofSeconds(30);

  /** Usual {@code timeout}. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  public LdapSettings {
    servers = List.copyOf(servers);
    trust = List.copyOf(trust);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("a directory without a server");
    }
  }

  /**
   * What else of an entry is of use.
   *
   * @param reply LDAP attributes by the RADIUS attributes that they become
   * @param dictionary knows the RADIUS attributes
   * @param mail has the mail address
   * @param language has the language, as {@code de} or {@code de-AT}
   * @param factor has the second factor
   * @param factors words that may stand there
   */
  public record Attributes(
      Map<String, String> reply,
      Dictionary dictionary,
      Optional<String> mail,
      Optional<String> language,
      Optional<String> factor,
      Set<String> factors) {

    public Attributes {
      reply = Map.copyOf(reply);
      factors = Set.copyOf(factors);
    }

    /** Nothing else is. */
    public static Attributes none(Dictionary dictionary) {
      return new Attributes(
          Map.of(), dictionary, Optional.empty(), Optional.empty(), Optional.empty(), Set.of());
    }
  }

  /**
   * Whether the directory may send us to other servers (RFC 4511 section 4.1.10).
   *
   * @param followed whether we go there
   * @param hosts in lower case, besides those of the servers
   */
  public record Referrals(boolean followed, Set<String> hosts) {
    /** We go nowhere. */
    public static final Referrals IGNORED = new Referrals(false, Set.of());

    public Referrals {
      hosts = Set.copyOf(hosts);
    }
  }
}
