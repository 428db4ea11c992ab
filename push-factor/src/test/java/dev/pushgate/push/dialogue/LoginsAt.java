package dev.pushgate.push.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.client.Mode;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.user.User;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Logins at a client that speaks with its users in some mode.
 *
 * @param requirement a word for what the user's own entry asks for, or null for nothing
 */
record LoginsAt(
    Mode mode, @Nullable Duration remember, @Nullable String requirement, InstantSource clock) {
  static final String HOME = "203.0.113.7";
  static final String FINGERPRINT = "one password";
  private static final Pattern NUMBER = Pattern.compile("(?:Enter|Tap) ([0-9 ]+) on your phone.*");

  static LoginsAt mode(Mode mode, InstantSource clock) {
    return new LoginsAt(mode, null, null, clock);
  }

  LoginsAt remembering(Duration time) {
    return new LoginsAt(mode, time, requirement, clock);
  }

  LoginsAt requiring(String word) {
    return new LoginsAt(mode, remember, word, clock);
  }

  Login of(String user) {
    return of(user, HOME);
  }

  Login of(String user, @Nullable String from) {
    return of(user, from, null, FINGERPRINT);
  }

  Login of(
      String user, @Nullable String from, @Nullable String appended, @Nullable String fingerprint) {
    return new Login(
        "L of " + user,
        new User(user, Set.of(), requirement),
        Client.of("fortigate-hq", "192.0.2.1", "shared")
            .withDialogue(
                ClientKind.GENERIC,
                new ClientDialogue(mode, appended != null, Language.EN, remember)),
        from,
        clock.instant(),
        appended,
        fingerprint,
        true);
  }

  static Outcome.Asked asked(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Asked.class);
    return (Outcome.Asked) outcome;
  }

  static String denial(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Denied.class);
    return ((Outcome.Denied) outcome).reason();
  }

  /** The number that a prompt shows, without spaces. */
  static String number(Outcome.Asked asked) {
    Matcher shown = NUMBER.matcher(asked.prompt());
    assertThat(shown.matches()).as(asked.prompt()).isTrue();
    return shown.group(1).replace(" ", "");
  }

  /** What a phone adds to an approval to prove that its user sees that prompt. */
  static String match(String number) {
    return ",\"match\":\"" + number + "\"";
  }
}
