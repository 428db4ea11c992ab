package dev.pushgate.radius.user;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.mschap.ServerProof;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
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
 * for all users with costly passwords; cheap ones ({@link NtHash}, {@link Cleartext}) never wait.
 * CHAP and MS-CHAPv2 cost next to nothing whoever the user is: where there is none, or one whose
 * password cannot serve the method, the response is held against a decoy all the same.
 *
 * <p>Safe for any number of threads.
 */
public final class UsersFileSource implements UserSource {
  /** Below it, comparing takes less time than waiting for a turn would: about 0.1 ms. */
  private static final long COSTLY = 150;

  private final Semaphore hashing;
  private volatile Users users;

  /**
   * @param users whom to know until {@link #replace}
   * @param hashesAtOnce how many costly comparisons may run at the same time, at least 1; each
   *     keeps one core busy and needs as much memory as its argon2id parameters say. The number of
   *     cores is enough
   */
  public UsersFileSource(Users users, int hashesAtOnce) {
    if (hashesAtOnce < 1) {
      throw new IllegalArgumentException("hashesAtOnce is " + hashesAtOnce + ", not at least 1");
    }
    this.users = users;
    this.hashing = new Semaphore(hashesAtOnce, true);
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
    @Nullable ServerProof proof = null;
    boolean right;
    switch (password) {
      case Password.Pap pap -> right = matches(stored, pap);
      case Password.Chap chap -> right = stored.matches(chap);
      case Password.MsChap2 msChap2 -> {
        proof = stored.matches(msChap2).orElse(null);
        right = proof != null;
      }
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
    return right
        ? new Answer.Right(account.user(), proof)
        : new Answer.Wrong("wrong password", account.user().name());
  }

  @Override
  public Lookup find(String userName, @Nullable Client client) {
    return users
        .find(userName)
        .<Lookup>map(
            account ->
                account.disabled()
                    ? new Lookup.Barred(account.user(), "user is disabled")
                    : new Lookup.Known(account.user()))
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

  private boolean matches(StoredPassword stored, Password.Pap pap) throws InterruptedException {
    if (stored.cost() < COSTLY) {
      return stored.matches(pap.octets());
    }
    byte[] octets = pap.octets();
    hashing.acquire();
    FutureTask<Boolean> comparison =
        new FutureTask<>(
            () -> {
              try {
                return stored.matches(octets);
              } finally {
                hashing.release();
              }
            });
    // Not on this virtual thread: a few hashes would keep every carrier from the logins that wait.
    Thread.ofPlatform().name("password-hash").daemon().start(comparison);
    try {
      return comparison.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("comparing a password failed", e.getCause());
    }
  }
}
