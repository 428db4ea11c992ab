package dev.pushgate.radius.user;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.mschap.ServerProof;
import dev.pushgate.radius.user.HashingThreads.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords against the users of a file, which can be replaced while it runs.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>A disabled user's password is compared like any other's before the user is refused. An unknown
 * user is charged what the costliest stored password of the file costs. A known user is charged
 * their own, so in a file of several schemes a quick answer tells that there is such a user with a
 * cheap one; the caller's delay of refusals must hide that. A wait for other hashing is the same
 * for all users with costly passwords, and so is being turned away where too many wait; cheap ones
 * ({@link NtHash}, {@link Cleartext}) never wait. CHAP and MS-CHAPv2 cost next to nothing whoever
 * the user is: where there is none, or one whose password cannot serve the method, the response is
 * held against a decoy all the same.
 *
 * <p>Safe for any number of threads.
 */
public final class UsersFileSource implements UserSource {
  /** Below it, comparing takes less time than waiting for a turn would: about 0.1 ms. */
  private static final long COSTLY = 150;

  /** More than any login has. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final HashingThreads hashing;
  private final InstantSource clock;
  private final RightPasswords rightPasswords;
  private volatile Users users;

  /**
   * @param users whom to know until {@link #replace}
   * @param hashing makes costly comparisons; the caller closes it
   * @param clock tells whose account is valid
   */
  public UsersFileSource(Users users, HashingThreads hashing, InstantSource clock) {
    this(users, hashing, clock, (account, password) -> {});
  }

  /**
   * One that tells of right passwords.
   *
   * @param rightPasswords told of those by PAP, also of users who may not log in now
   */
  public UsersFileSource(
      Users users, HashingThreads hashing, InstantSource clock, RightPasswords rightPasswords) {
    this.rightPasswords = rightPasswords;
    this.users = users;
    this.clock = clock;
    this.hashing = hashing;
  }

  /** Knows these users from now on; checks that have begun end with the old ones. */
  public void replace(Users replacement) {
    users = replacement;
  }

  /** The users that are known now. */
  public Users users() {
    return users;
  }

  @Override
  public Answer check(Attempt attempt) throws InterruptedException {
    Password password = attempt.password();
    Users now = users;
    Optional<Account> found = now.find(attempt.userName());
    StoredPassword stored =
        found
            .map(Account::password)
            .filter(known -> known.serves(password.method()))
            .orElse(now.decoy(password.method()));
    @Nullable ServerProof proof =
        password instanceof Password.MsChap2 msChap2 ? stored.matches(msChap2).orElse(null) : null;
    Comparison comparison =
        switch (password) {
          case Password.Pap pap -> compare(stored, pap, attempt.deadline());
          case Password.Chap chap -> made(stored.matches(chap));
          case Password.MsChap2 _ -> made(proof != null);
        };
    if (comparison != Comparison.SAME && comparison != Comparison.DIFFERENT) {
      return withoutComparison(comparison);
    }
    if (found.isEmpty()) {
      return new Answer.Unknown();
    }
    Account account = found.get();
    if (account.disabled()) {
      return new Answer.Wrong("user is disabled", null, Cause.DISABLED);
    }
    if (!account.password().serves(password.method())) {
      return new Answer.Wrong(ServedMethods.refusal(account, password.method()));
    }
    if (comparison == Comparison.DIFFERENT) {
      return new Answer.Wrong("wrong password", account.user().name());
    }
    if (password instanceof Password.Pap pap) {
      rightPasswords.proved(account, pap);
    }
    return account
        .objection(clock.instant())
        .<Answer>map(reason -> new Answer.Wrong(reason, null, Cause.ACCOUNT_EXPIRED))
        .orElseGet(() -> new Answer.Right(account.user(), proof));
  }

  @Override
  public Lookup find(String userName, @Nullable Client client) {
    return users
        .find(userName)
        .map(
            account ->
                account
                    .objection(clock.instant())
                    .<Lookup>map(reason -> new Lookup.Barred(account.user(), reason))
                    .orElseGet(() -> new Lookup.Known(account.user())))
        .orElseGet(Lookup.Unknown::new);
  }

  @Override
  public boolean isCheap(Attempt attempt) {
    Users now = users;
    return now.find(attempt.userName())
            .map(Account::password)
            .orElse(now.decoy(PasswordMethod.PAP))
            .cost()
        < COSTLY;
  }

  private Comparison compare(StoredPassword stored, Password.Pap pap, Instant deadline)
      throws InterruptedException {
    if (stored.cost() < COSTLY) {
      return made(stored.matches(pap.octets()));
    }
    Duration left = Duration.between(clock.instant(), deadline);
    return hashing.compare(
        stored, pap.octets(), left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT);
  }

  private static Comparison made(boolean same) {
    return same ? Comparison.SAME : Comparison.DIFFERENT;
  }

  private Answer withoutComparison(Comparison why) {
    return switch (why) {
      case NO_ROOM -> new Answer.Busy(hashing.waiting() + " passwords wait to be hashed already");
      case TOO_LATE -> new Answer.Busy("the password could not be hashed in time");
      case CLOSED -> new Answer.Unavailable("the server stops");
      case SAME, DIFFERENT -> throw new IllegalArgumentException(why + " was made");
    };
  }
}
