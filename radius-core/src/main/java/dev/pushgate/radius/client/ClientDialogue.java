package dev.pushgate.radius.client;

import dev.pushgate.radius.message.Language;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How users are spoken with at a client.
 *
 * @param mode how the second factor comes in
 * @param append whether a code or {@code push} may stand behind the password and a comma
 * @param language of those whose own is not known
 * @param remember for how long a second factor that was accepted is not asked for again, 1 min to
 *     30 days; or null for never
 */
public record ClientDialogue(
    Mode mode, boolean append, Language language, @Nullable Duration remember) {

  /** A client that knows nothing but to wait. */
  public static final ClientDialogue DEFAULT =
      new ClientDialogue(Mode.BLOCK, false, Language.DEFAULT, null);
}
