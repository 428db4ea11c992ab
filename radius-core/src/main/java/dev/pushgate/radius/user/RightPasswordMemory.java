package dev.pushgate.radius.user;

import com.github.benmanes.caffeine.cache.Cache;
import dev.pushgate.radius.ClockedCaffeine;
import dev.pushgate.radius.client.Client;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Spares a source the same right password for a short time: a NAS's retries, and GlobalProtect's
 * second login.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>What is kept, in memory only, is a hash of name and password under a key that is made anew at
 * each start and known to nobody. It holds no wrong password, no answer to a prompt and nothing but
 * PAP. Not guaranteed: that a password that was changed, or a user who was barred, is noticed
 * before the time is over.
 *
 * <p>Safe for any number of threads.
 */
public final class RightPasswordMemory implements UserSource {
  /** The times that a password may be kept. */
  public static final Duration LEAST = Duration.ofSeconds(10);

  /** See {@link #LEAST}. */
  public static final Duration MOST = Duration.ofMinutes(5);

  /** As many as logins may wait at once: 10 MB or so. */
  private static final int MOST_KEPT = 100_000;

  private final UserSource source;
  private final SecretKeySpec key;
  private final Cache<ByteBuffer, Answer.Right> kept;

  /**
   * @param source asked where nothing is kept
   * @param keptFor {@link #LEAST} to {@link #MOST}; it is not prolonged by use
   * @param random makes the key
   */
  public RightPasswordMemory(
      UserSource source, Duration keptFor, InstantSource clock, SecureRandom random) {
    if (keptFor.compareTo(LEAST) < 0 || keptFor.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(keptFor + " is not from " + LEAST + " to " + MOST);
    }
    this.source = source;
    byte[] octets = new byte[32];
    random.nextBytes(octets);
    this.key = new SecretKeySpec(octets, "HmacSHA256");
    this.kept =
        ClockedCaffeine.newBuilder(clock)
            .expireAfterWrite(keptFor)
            .maximumSize(MOST_KEPT)
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Answer check(Attempt attempt) throws InterruptedException {
    if (!(attempt.password() instanceof Password.Pap pap)) {
      return source.check(attempt);
    }
    ByteBuffer print = print(attempt.userName(), pap);
    Answer.Right known = kept.getIfPresent(print);
    if (known != null) {
      return known;
    }
    Answer answer = source.check(attempt);
    if (answer instanceof Answer.Right right) {
      kept.put(print, right);
    }
    return answer;
  }

  private ByteBuffer print(String userName, Password.Pap pap) {
    byte[] name = UserName.folded(userName).getBytes(StandardCharsets.UTF_8);
    byte[] password = pap.octets();
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
      mac.update(name);
      return ByteBuffer.wrap(mac.doFinal(password)).asReadOnlyBuffer();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256", e);
    } finally {
      Arrays.fill(password, (byte) 0);
    }
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
}
