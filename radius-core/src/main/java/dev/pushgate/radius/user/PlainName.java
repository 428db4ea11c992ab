package dev.pushgate.radius.user;

import dev.pushgate.radius.packet.UntrustedText;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The canonical names of users whom nobody here has a list of: another server or a NAS knows them,
 * and does not say which spellings it takes for one user.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Directories take {@code älice}, {@code alice} and a name in wide letters for the same person.
 * A thief of the password who writes another spelling would be a new user here, without a phone and
 * without a limit used up. So only names are taken that have one spelling but for case: letters,
 * digits and {@code ._-} in ASCII, beginning and ending in a letter or digit; lower case is the
 * canonical form.
 */
public final class PlainName {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?");

  private PlainName() {}

  /**
   * The canonical name, or empty where there may be other spellings of it.
   *
   * @param userName without a realm; hostile
   */
  public static Optional<String> canonical(String userName) {
    return PLAIN.matcher(userName).matches()
        ? Optional.of(UserName.folded(userName))
        : Optional.empty();
  }

  /** Why a name is not taken, and what helps; safe to show. */
  public static String refusal(String userName) {
    return "the name "
        + UntrustedText.shown(userName)
        + " may have other spellings: only ASCII letters, digits and ._- are taken where no list of"
        + " users is at hand; a realm before or behind it has to be named in the configuration";
  }
}
