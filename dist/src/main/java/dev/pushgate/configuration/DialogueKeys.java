package dev.pushgate.configuration;

import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.client.Mode;
import dev.pushgate.radius.message.Language;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how a client's users are spoken with: mode, append, language and remember. */
final class DialogueKeys {
  static final Map<String, Mode> MODES = Words.table(Mode.values(), Mode::word);
  static final Map<String, Language> LANGUAGES = Words.table(Language.values(), Language::word);

  static final Map<String, Boolean> SWITCH = Words.table("on", true, "off", false);
  private static final Duration LEAST_REMEMBERED = Duration.ofMinutes(1);
  private static final Duration MOST_REMEMBERED = Duration.ofDays(30);
  private static final String NOT_REMEMBERED = "off";

  private DialogueKeys() {}

  /**
   * @param language of clients that name none
   */
  static ClientDialogue read(Section client, ClientKind kind, Language language) {
    Mode mode = client.word("mode", MODES, KindPreset.of(kind).mode());
    Setting written = client.setting("mode");
    if (written != null && mode != Mode.BLOCK && !takesChallenges(kind)) {
      written.warning(
          kind.word() + " takes a prompt for a refusal, so nobody could log in", "Write block");
    }
    return new ClientDialogue(
        mode,
        client.word("append", SWITCH, false),
        client.word("language", LANGUAGES, language),
        remember(client.setting("remember"), kind));
  }

  /** Whether a product is known to show users what an Access-Challenge says. */
  private static boolean takesChallenges(ClientKind kind) {
    return switch (kind) {
      case OPENVPN, STRONGSWAN -> false;
      case GENERIC, PAM, FORTIGATE, OCSERV, CISCO_ASA, PALOALTO -> true;
    };
  }

  private static @Nullable Duration remember(@Nullable Setting setting, ClientKind kind) {
    if (setting == null || NOT_REMEMBERED.equals(setting.text())) {
      return null;
    }
    Duration remember = setting.duration(LEAST_REMEMBERED, MOST_REMEMBERED);
    if (remember != null && kind == ClientKind.PAM) {
      setting.warning(
          "pam_radius tells a host's name or nothing where an address is needed, and then nothing is"
              + " remembered",
          "Remove the key, unless the application behind PAM gives addresses");
    }
    return remember;
  }
}
