package dev.pushgate.push.phone;

import dev.pushgate.push.challenge.ChallengeNotes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A challenge as a phone sees it (CHALLENGE in docs/phone-api.md).
 *
 * @param id identifier of the challenge, 22 to 32 characters of base64url
 * @param nonce base64url; the verdict repeats it
 * @param user canonical name of the user who is asked
 * @param service the name that the administrator gave this service
 * @param client the NAS at which the login waits
 * @param from the user's address as text made safe to show, or null where the NAS does not say
 * @param issued when it was opened
 * @param expires when it ends unanswered
 * @param digits how many digits the user must type (2 to 8), or 0 where none are asked
 * @param options what the user must choose the right one from (2 to 10), or empty for no choice
 * @param notes why the user should look twice
 */
public record Question(
    String id,
    String nonce,
    String user,
    String service,
    String client,
    @Nullable String from,
    Instant issued,
    Instant expires,
    int digits,
    List<String> options,
    ChallengeNotes notes) {

  public Question {
    options = List.copyOf(options);
  }

  /** One with nothing to choose and nothing to look twice at. */
  public Question(
      String id,
      String nonce,
      String user,
      String service,
      String client,
      @Nullable String from,
      Instant issued,
      Instant expires,
      int digits) {
    this(
        id,
        nonce,
        user,
        service,
        client,
        from,
        issued,
        expires,
        digits,
        List.of(),
        ChallengeNotes.NONE);
  }
}
