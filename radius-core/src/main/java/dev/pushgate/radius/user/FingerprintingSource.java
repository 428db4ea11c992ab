package dev.pushgate.radius.user;

import dev.pushgate.radius.client.Client;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source of users that also says by what fingerprint a right password is known again.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Only a password that proved right gets one, and only by PAP: the other methods do not show it.
 * The fingerprint tells nobody the password who has not the key that it is made with.
 *
 * <p>Safe for use by as many threads as the source and the fingerprint are.
 */
public final class FingerprintingSource implements UserSource {
  private final UserSource source;
  private final Fingerprint fingerprint;

  /**
   * @param source who knows the users
   * @param fingerprint asked for each right password
   */
  public FingerprintingSource(UserSource source, Fingerprint fingerprint) {
    this.source = source;
    this.fingerprint = fingerprint;
  }

  /** Makes the same text of the same user and password for as long as its key is the same. */
  @FunctionalInterface
  public interface Fingerprint {

    /**
     * @param user canonical name
     * @param password as the packet had it; overwritten afterwards
     * @return empty where there is no key to make it with
     */
    Optional<String> of(String user, byte[] password);
  }

  @Override
  public Lookup find(String userName, @Nullable Client client) throws InterruptedException {
    return source.find(userName, client);
  }

  @Override
  public boolean isCheap(Attempt attempt) {
    return source.isCheap(attempt);
  }

  @Override
  public void close() {
    source.close();
  }

  @Override
  public String counted(String userName) {
    return source.counted(userName);
  }

  @Override
  public Answer check(Attempt attempt) throws InterruptedException {
    Answer answer = source.check(attempt);
    return answer instanceof Answer.Right right && attempt.password() instanceof Password.Pap pap
        ? right.withFingerprint(of(right.user(), pap))
        : answer;
  }

  private @Nullable String of(User user, Password.Pap password) {
    byte[] octets = password.octets();
    try {
      return fingerprint.of(user.name(), octets).orElse(null);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }
}
