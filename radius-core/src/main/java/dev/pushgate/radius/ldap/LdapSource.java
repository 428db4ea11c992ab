package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Lookup;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserName;
import dev.pushgate.radius.user.UserSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Users of an LDAP directory, whose passwords it checks by a simple bind (RFC 4513 section 5.1.3).
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Passwords leave only within TLS to a server whose certificate has been checked, as the octets
 * that came, once for a login: a directory counts wrong ones. None is sent empty, which a directory
 * would take for nobody and answer with success (RFC 4513 section 5.1.2). What a user types as a
 * name is never parsed as a filter or a DN. Where the service account searched, the password is
 * tried for the one entry that was found; where the user is known by another name, that the entry
 * found is theirs is proved by a second bind.
 *
 * <p>Safe for any number of threads; an interrupted one gives its connection up.
 */
public final class LdapSource implements UserSource {
  private static final int LONGEST_NAME = 253;

  private static final String BY_PAP_ONLY =
      "a directory checks passwords by PAP only: set the NAS to PAP, or name an upstream RADIUS"
          + " server such as NPS as the source";

  private final LdapSettings settings;
  private final Directory directory;
  private final ReferralHosts referrals;
  private final Searches searches;
  private final EntryReader entries;
  private final GroupReader groups;
  private final InstantSource clock;

  /** Connects when it is asked. */
  public LdapSource(LdapSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    Connector connector = new Connector(new DirectoryTls(settings.trust(), clock), clock);
    this.directory = new Directory(settings, connector, clock);
    this.referrals = new ReferralHosts(settings, connector);
    this.searches =
        new Searches(
            referrals,
            settings.loginMethod() instanceof LoginMethod.SearchThenBind(ServiceAccount account)
                ? account
                : null);
    this.entries = new EntryReader(settings);
    this.groups = new GroupReader(settings.groups(), settings.base(), searches);
  }

  @Override
  public Answer check(Attempt attempt) throws InterruptedException {
    if (!(attempt.password() instanceof Password.Pap pap)) {
      return new Answer.Wrong(BY_PAP_ONLY);
    }
    if (!pap.isPossible()) {
      return new Answer.Wrong("the password is empty or has a NUL in it");
    }
    String user = withoutSuffix(attempt.userName());
    if (!isPossible(user)) {
      return new Answer.Unknown();
    }
    byte[] password = pap.octets();
    try {
      return switch (settings.loginMethod()) {
        case LoginMethod.SearchThenBind _ -> searchThenBind(user, password, attempt.deadline());
        case LoginMethod.BindAsDn(DnTemplate template) ->
            bindAsDn(template.with(user), user, password, attempt.deadline());
        case LoginMethod.BindAsName byName -> {
          Optional<String> name = byName.with(user);
          yield name.isPresent()
              ? bindAsName(name.get(), user, password, attempt.deadline())
              : new Answer.Unknown("the name has characters in it that no account's has");
        }
      };
    } catch (DirectoryException e) {
      return unavailable(e);
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  private static Answer unavailable(DirectoryException e) {
    String reason = String.valueOf(e.getMessage());
    return e.scope() == DirectoryException.Scope.BUSY
        ? new Answer.Busy(reason)
        : new Answer.Unavailable(reason);
  }

  private Answer searchThenBind(String user, byte[] password, Instant deadline)
      throws DirectoryException, InterruptedException {
    List<SearchResultEntry> found = found(user, deadline);
    if (found.isEmpty()) {
      return new Answer.Unknown();
    }
    if (found.size() > 1) {
      return ambiguous();
    }
    Entry entry = found.getFirst();
    String name = entries.name(entry);
    BindVerdict verdict =
        directory.tryPassword(
            deadline, conversation -> verdict(conversation, entry.getDN(), password));
    if (!(verdict instanceof BindVerdict.Right)) {
      return refused(verdict, name);
    }
    return new Answer.Right(
        directory.lookUp(deadline, conversation -> user(conversation, entry, user)));
  }

  private Answer bindAsDn(DN dn, String user, byte[] password, Instant deadline)
      throws DirectoryException, InterruptedException {
    return directory.tryPassword(
        deadline,
        conversation -> {
          BindVerdict verdict = verdict(conversation, dn.toString(), password);
          if (!(verdict instanceof BindVerdict.Right)) {
            return refused(verdict, null);
          }
          List<SearchResultEntry> found = searches.at(conversation, dn.toString(), attributes());
          return found.isEmpty()
              ? unreadable()
              : new Answer.Right(user(conversation, found.getFirst(), user));
        });
  }

  private Answer bindAsName(String name, String user, byte[] password, Instant deadline)
      throws DirectoryException, InterruptedException {
    return directory.tryPassword(
        deadline,
        conversation -> {
          BindVerdict verdict = verdict(conversation, name, password);
          if (!(verdict instanceof BindVerdict.Right)) {
            return refused(verdict, null);
          }
          List<SearchResultEntry> found = search(conversation, user);
          if (found.isEmpty()) {
            return unreadable();
          }
          if (found.size() > 1) {
            return ambiguous();
          }
          Entry entry = found.getFirst();
          // Another's name may be what this one is called for a bind.
          return verdict(conversation, entry.getDN(), password) instanceof BindVerdict.Right
              ? new Answer.Right(user(conversation, entry, user))
              : new Answer.Wrong(
                  "the entry that filter finds is not that of "
                      + UntrustedText.shown(name)
                      + ": correct filter or user-bind");
        });
  }

  private static Answer ambiguous() {
    return new Answer.Wrong("several entries are found by that name: make filter say which");
  }

  private static Answer unreadable() {
    return new Answer.Unavailable(
        "the password is right, but the user's own entry cannot be read: let users read it, or set"
            + " base and filter, or bind-dn");
  }

  private BindVerdict verdict(Conversation conversation, String name, byte[] password)
      throws LDAPException, DirectoryException, InterruptedException {
    BindVerdict verdict = BindVerdict.of(conversation.bind(name, password));
    return verdict instanceof BindVerdict.Elsewhere(List<String> urls) && referrals.isFollowed()
        ? new ReferredBind(referrals, settings.timeout(), clock).follow(urls, name, password)
        : verdict;
  }

  private static Answer refused(BindVerdict verdict, @Nullable String name)
      throws DirectoryException {
    return switch (verdict) {
      case BindVerdict.Refused(Cause cause, String reason) ->
          new Answer.Wrong(reason, cause == Cause.WRONG_PASSWORD ? name : null, cause);
      case BindVerdict.Unclear(String reason) ->
          throw new DirectoryException(
              DirectoryException.Scope.DIRECTORY, "the directory answers a bind: " + reason);
      case BindVerdict.Elsewhere _ ->
          throw new DirectoryException(
              DirectoryException.Scope.DIRECTORY,
              "the directory sends us to another server: set referrals and referral-hosts, or name"
                  + " that server in servers");
      case BindVerdict.Right _ -> throw new IllegalStateException("the password is right");
    };
  }

  @Override
  public Lookup find(String userName, @Nullable Client client) throws InterruptedException {
    if (!(settings.loginMethod() instanceof LoginMethod.SearchThenBind)) {
      return new Lookup.CannotTell();
    }
    String user = withoutSuffix(userName);
    if (!isPossible(user)) {
      return new Lookup.Unknown();
    }
    Instant deadline = clock.instant().plus(settings.timeout().multipliedBy(2));
    try {
      List<SearchResultEntry> found = found(user, deadline);
      if (found.size() != 1) {
        return found.isEmpty()
            ? new Lookup.Unknown()
            : new Lookup.Unavailable("several entries are found by that name");
      }
      Entry entry = found.getFirst();
      User known = directory.lookUp(deadline, conversation -> user(conversation, entry, user));
      return AccountState.objection(entry, clock.instant())
          .<Lookup>map(objection -> new Lookup.Barred(known, objection))
          .orElseGet(() -> new Lookup.Known(known));
    } catch (DirectoryException e) {
      return new Lookup.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private List<SearchResultEntry> found(String user, Instant deadline)
      throws DirectoryException, InterruptedException {
    return directory.lookUp(deadline, conversation -> search(conversation, user));
  }

  /** By the filter, or by the canonical name where that is another attribute. */
  private List<SearchResultEntry> search(Conversation conversation, String user)
      throws LDAPException {
    Filter byFilter = settings.filter().with(user, "");
    Filter byName = settings.filter().withAttribute(settings.nameAttribute(), user);
    Filter both = byFilter.equals(byName) ? byFilter : Filter.createORFilter(byFilter, byName);
    return searches.under(conversation, settings.base(), both, 2, attributes());
  }

  private Set<String> attributes() {
    Set<String> names = new TreeSet<>(entries.attributes());
    names.addAll(groups.attributes());
    names.addAll(AccountState.attributes(settings.activeDirectory()));
    return names;
  }

  private User user(Conversation conversation, Entry entry, String user)
      throws LDAPException, DirectoryException {
    return entries.user(entry, groups.of(conversation, entry, user));
  }

  private String withoutSuffix(String userName) {
    String suffix = settings.nameSuffix();
    boolean ends = !suffix.isEmpty() && UserName.folded(userName).endsWith(UserName.folded(suffix));
    return ends && userName.length() > suffix.length()
        ? userName.substring(0, userName.length() - suffix.length())
        : userName;
  }

  private static boolean isPossible(String user) {
    return !user.isBlank() && user.length() <= LONGEST_NAME && user.indexOf('\0') < 0;
  }

  @Override
  public void close() {
    directory.close();
  }
}
