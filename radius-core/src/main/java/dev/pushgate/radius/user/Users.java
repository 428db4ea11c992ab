package dev.pushgate.radius.user;

import dev.pushgate.radius.packet.UntrustedText;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The users of one reading of a file. Immutable.
 *
 * <p>Names are compared in lower case and in Unicode's normal form C, so that {@code ALICE} and a
 * name typed on a Mac find their user.
 */
public final class Users {
  private final Map<String, Account> byFoldedName;
  private final StoredPassword decoy;

  private final GroupReplies groupReplies;

  private Users(Map<String, Account> byFoldedName, GroupReplies groupReplies) {
    this.byFoldedName = Collections.unmodifiableMap(byFoldedName);
    this.groupReplies = groupReplies;
    this.decoy =
        byFoldedName.values().stream()
            .map(Account::password)
            .max(Comparator.comparingLong(StoredPassword::cost))
            .map(StoredPassword::decoy)
            .orElseGet(Cleartext::nothing);
  }

  /**
   * @param accounts in any number, none included
   * @throws IllegalArgumentException when two names are one and the same but for case or normal
   *     form
   */
  public static Users of(Collection<Account> accounts) {
    return of(accounts, GroupReplies.NONE);
  }

  /**
   * As {@link #of(Collection)}.
   *
   * @param groupReplies what the file says of groups; the accounts have theirs already
   */
  public static Users of(Collection<Account> accounts, GroupReplies groupReplies) {
    Map<String, Account> byFoldedName = LinkedHashMap.newLinkedHashMap(accounts.size());
    for (Account account : accounts) {
      String name = account.user().name();
      if (byFoldedName.putIfAbsent(UserName.folded(name), account) != null) {
        throw new IllegalArgumentException(
            "there are two users '" + UntrustedText.shown(name) + "'");
      }
    }
    return new Users(byFoldedName, groupReplies);
  }

  /**
   * The account that this name means.
   *
   * @param userName as typed; may be hostile
   */
  public Optional<Account> find(String userName) {
    return Optional.ofNullable(byFoldedName.get(UserName.folded(userName)));
  }

  /** All accounts, in the order in which the file names them. */
  public Collection<Account> accounts() {
    return byFoldedName.values();
  }

  /** What the file says of groups, for users of other sources. */
  public GroupReplies groupReplies() {
    return groupReplies;
  }

  /**
   * What is compared where there is nothing to compare with; its answer means nothing. For PAP it
   * is as costly as the costliest password here, for the other methods any serves.
   */
  StoredPassword decoy(PasswordMethod method) {
    return method == PasswordMethod.PAP ? decoy : Cleartext.nothing();
  }

  @Override
  public String toString() {
    return "Users[" + byFoldedName.size() + "]";
  }
}
