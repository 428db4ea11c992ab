package dev.pushgate.radius.user;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.message.Message;
import dev.pushgate.radius.mschap.ServerProof;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Knows users and checks their passwords: a file, a directory, another RADIUS server.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>{@link Answer.Unknown}, and {@link Answer.Wrong} for a disabled user and for a wrong password,
 * take the same time as far as the source can make it so. The caller hides what is left of the
 * difference.
 */
public interface UserSource extends AutoCloseable {

  /**
   * Checks a password; may block.
   *
   * @throws InterruptedException when the login has run out of time or the server shuts down
   */
  Answer check(Attempt attempt) throws InterruptedException;

  /**
   * Who is meant by a name; may block.
   *
   * @param userName as typed, or canonical; hostile
   * @param client the NAS where it was typed, or null where it was elsewhere
   * @throws InterruptedException when whoever asks has run out of time
   */
  default Lookup find(String userName, @Nullable Client client) throws InterruptedException {
    return new Lookup.CannotTell();
  }

  /**
   * Whether a password of this user may be tried once more than needed: it takes next to no time,
   * and nobody counts wrong ones. Never so for a directory.
   */
  default boolean isCheap(Attempt attempt) {
    return false;
  }

  /**
   * The form of a name by which wrong passwords are counted before it is known who is meant:
   * without what does not tell users apart.
   *
   * @param userName as typed; hostile
   */
  default String counted(String userName) {
    return UserName.folded(userName);
  }

  /** Gives up connections, if it holds any; from then on it is unavailable. */
  @Override
  default void close() {}

  /** What a source says of a user and a password. */
  sealed interface Answer {

    /**
     * The user may come in as far as the password goes.
     *
     * @param user who it is
     * @param proof for {@link Password.MsChap2}: without it the user's side refuses an
     *     Access-Accept. Null for other methods
     * @param fingerprint a keyed hash of the user and this password, by which the same password is
     *     known again; secret, as who has the key can try passwords with it. Null where nothing
     *     makes one: see {@link FingerprintingSource}
     * @param passwordChecked false where nobody here has checked a password, because the NAS says
     *     that it has: a second factor must be checked then
     */
    record Right(
        User user,
        @Nullable ServerProof proof,
        @Nullable String fingerprint,
        boolean passwordChecked)
        implements Answer {

      /** Of a password that has been checked, without a fingerprint. */
      public Right(User user, @Nullable ServerProof proof) {
        this(user, proof, null, true);
      }

      /** Of a password that has been checked by PAP or CHAP. */
      public Right(User user) {
        this(user, null);
      }

      /** Of a user whose password nobody here has checked. */
      public static Right withoutPassword(User user) {
        return new Right(user, null, null, false);
      }

      /** The same with a fingerprint of the password. */
      Right withFingerprint(@Nullable String print) {
        return new Right(user, proof, print, passwordChecked);
      }

      /** Without the fingerprint. */
      @Override
      public String toString() {
        return "Right[" + user.name() + (passwordChecked ? "]" : ", no password]");
      }
    }

    /**
     * There is no such user in this source; the next one may be asked.
     *
     * @param reason for the log only and safe to show
     */
    record Unknown(String reason) implements Answer {

      /** Where there is no more to say. */
      public Unknown() {
        this("unknown user");
      }
    }

    /**
     * The login is refused.
     *
     * @param reason for the log and safe to show, for example {@code wrong password}
     * @param user canonical name of a known user whose password was wrong; null in other cases, and
     *     where the source cannot tell
     * @param cause for the audit, and for the user where that does no harm
     */
    record Wrong(String reason, @Nullable String user, Cause cause) implements Answer {

      /** Of a wrong password, or what is to look like one. */
      public Wrong(String reason, @Nullable String user) {
        this(reason, user, Cause.WRONG_PASSWORD);
      }

      /** Of nobody who is known. */
      public Wrong(String reason) {
        this(reason, null);
      }
    }

    /**
     * The source wants to know more of the user, who is shown a prompt.
     *
     * @param prompt what the user reads; safe to show
     * @param answerWithin how long the prompt may be answered, in whole seconds, at least one
     * @param echo whether what is typed may be seen
     */
    record Asked(String prompt, Duration answerWithin, boolean echo, PasswordDialogue next)
        implements Answer {}

    /**
     * The source cannot say: down, misconfigured.
     *
     * @param reason for the log
     */
    record Unavailable(String reason) implements Answer {}

    /**
     * So many are asking that the answer would come too late.
     *
     * @param reason for the log
     */
    record Busy(String reason) implements Answer {}
  }

  /** Why a source refuses a login. */
  enum Cause {
    WRONG_PASSWORD("wrong-password", Message.WRONG_PASSWORD),
    DISABLED("account-disabled", Message.WRONG_PASSWORD),
    LOCKED("account-locked", Message.WRONG_PASSWORD),
    /** The account as a whole: it is not valid any more, or not yet. */
    ACCOUNT_EXPIRED("account-expired", Message.WRONG_PASSWORD),
    /** At this hour, or from this machine. */
    NOT_NOW("not-now", Message.WRONG_PASSWORD),
    /** The password was right. */
    PASSWORD_EXPIRED("password-expired", Message.PASSWORD_EXPIRED),
    /** The password was right. */
    PASSWORD_MUST_CHANGE("password-must-change", Message.PASSWORD_MUST_CHANGE);

    private final String word;
    private final Message message;

    Cause(String word, Message message) {
      this.word = word;
      this.message = message;
    }

    /** The stable word for the audit. */
    public String word() {
      return word;
    }

    /** What the user is told: more than of any wrong password only who knows the right one. */
    public Message message() {
      return message;
    }
  }
}
