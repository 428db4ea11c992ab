package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.Entry;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Whether an entry says that its user may not log in, by the attributes that cost nothing. */
final class AccountState {
  static final String CONTROL = "userAccountControl";
  static final String COMPUTED = "msDS-User-Account-Control-Computed";
  static final String EXPIRES = "accountExpires";

  /** Of the draft on password policies, as OpenLDAP and others keep it. */
  static final String LOCKED_SINCE = "pwdAccountLockedTime";

  private static final String LOCKED_FOR_GOOD = "000001010000Z";

  private static final long ACCOUNT_DISABLED = 0x2;
  private static final long LOCKED_OUT = 0x10;

  /** Units of 100 ns in a second, and seconds from 1601 to 1970. */
  private static final long TICKS = 10_000_000;

  private static final long TO_1970 = 11_644_473_600L;

  private AccountState() {}

  /** What to read of an entry. */
  static Set<String> attributes(boolean activeDirectory) {
    return activeDirectory ? Set.of(CONTROL, COMPUTED, EXPIRES) : Set.of(LOCKED_SINCE);
  }

  /** Why the user may not log in, or empty where the entry does not say so; safe to show. */
  static Optional<String> objection(Entry entry, Instant now) {
    if ((number(entry, CONTROL) & ACCOUNT_DISABLED) != 0) {
      return Optional.of("the account is disabled");
    }
    if ((number(entry, COMPUTED) & LOCKED_OUT) != 0
        || LOCKED_FOR_GOOD.equals(entry.getAttributeValue(LOCKED_SINCE))) {
      return Optional.of("the account is locked");
    }
    long expires = number(entry, EXPIRES);
    boolean ever = expires > 0 && expires < Long.MAX_VALUE;
    return ever && expires / TICKS - TO_1970 <= now.getEpochSecond()
        ? Optional.of("the account has expired")
        : Optional.empty();
  }

  private static long number(Entry entry, String attribute) {
    Long value = entry.getAttributeValueAsLong(attribute);
    return value == null ? 0 : value;
  }
}
