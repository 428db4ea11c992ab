package dev.pushgate.radius.user;

import dev.pushgate.radius.mschap.ServerProof;
import org.jspecify.annotations.Nullable;

/**
 * Knows users and checks their passwords: a file, a directory, another RADIUS server.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>{@link Answer.Wrong} for an unknown user, a disabled user and a wrong password takes the same
 * time as far as the source can make it so. The caller hides what is left of the difference.
 */
public interface UserSource {

  /**
   * Checks a password; may block.
   *
   * @param userName as the packet has it, decoded; hostile
   * @param password what the packet proves it by; by PAP never empty and never with a NUL: the
   *     caller has refused those
   * @throws InterruptedException when the login has run out of time or the server shuts down
   */
  Answer check(String userName, Password password) throws InterruptedException;

  /**
   * Whether a password of this user may be tried once more than needed: it takes next to no time,
   * and nobody counts wrong ones. Never so for a directory.
   *
   * @param userName as the packet has it, decoded; hostile
   */
  default boolean isCheap(String userName) {
    return false;
  }

  /** What a source says of a user and a password. */
  sealed interface Answer {

    /**
     * The password is right.
     *
     * @param user who it is
     * @param proof for {@link Password.MsChap2}: without it the user's side refuses an
     *     Access-Accept. Null for other methods
     * @param fingerprint a keyed hash of the user and this password, by which the same password is
     *     known again; secret, as who has the key can try passwords with it. Null where nothing
     *     makes one: see {@link FingerprintingSource}
     */
    record Right(User user, @Nullable ServerProof proof, @Nullable String fingerprint)
        implements Answer {

      /** Without a fingerprint. */
      public Right(User user, @Nullable ServerProof proof) {
        this(user, proof, null);
      }

      /** As PAP and CHAP need it. */
      public Right(User user) {
        this(user, null);
      }

      /** Without the fingerprint. */
      @Override
      public String toString() {
        return "Right[" + user.name() + "]";
      }
    }

    /**
     * The login is refused.
     *
     * @param reason for the log only and safe to show, for example {@code unknown user}; the user
     *     is told the same in all cases
     * @param user canonical name of a known user whose password was wrong; null in other cases, and
     *     where the source cannot tell
     */
    record Wrong(String reason, @Nullable String user) implements Answer {

      /** Of nobody who is known. */
      public Wrong(String reason) {
        this(reason, null);
      }
    }

    /**
     * The source cannot say: down, overloaded, misconfigured.
     *
     * @param reason for the log
     */
    record Unavailable(String reason) implements Answer {}
  }
}
