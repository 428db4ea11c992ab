package dev.pushgate.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.configuration.Configuration;
import dev.pushgate.configuration.KindPreset;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.client.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a client gets: how its users are asked, and what to set on the NAS. */
final class ClientSummary {
  private final Client client;
  private final ClientDialogue dialogue;
  private final Configuration configuration;
  private final String factor;
  private final String seen;

  ClientSummary(Client client, Configuration configuration) {
    this.client = client;
    this.configuration = configuration;
    this.dialogue = client.dialogue();
    this.factor = client.factor() == null ? Requirement.PUSH_OR_CODE.word() : client.factor();
    this.seen = seen(dialogue.mode(), configuration.secondFactor().number().choose());
  }

  /** What users of a mode see, as the rest of a sentence that begins with them. */
  static String seen(Mode mode, boolean choose) {
    return switch (mode) {
      case BLOCK -> "see nothing new: the VPN waits until they have answered on the phone";
      case CHALLENGE -> "are asked for a code; what is empty, or push, sends a notification";
      case NUMBER ->
          choose
              ? "see a number, and pick it from those that the phone shows"
              : "see a number, and type it on the phone";
    };
  }

  /** Lines for people; the first says who the client is, those behind it are indented. */
  List<String> lines() {
    KindPreset preset = KindPreset.of(client.kind());
    List<String> lines = new ArrayList<>();
    lines.add(
        "client "
            + client.name()
            + ": "
            + client.addresses().stream().map(Object::toString).collect(Collectors.joining(", "))
            + ", kind "
            + client.kind().word()
            + ", answered within "
            + client.answerWithin().toSeconds()
            + " s: the NAS must wait at least as long");
    lines.add(
        "  mode %s%s, factor %s%s, append %s, remember %s, language %s"
            .formatted(
                dialogue.mode().word(),
                dialogue.mode() == preset.mode() ? " (preset)" : "",
                factor,
                client.factor() == null ? " (preset)" : "",
                onOrOff(dialogue.append()),
                remembered(),
                dialogue.language().word()));
    lines.add("  passwords are checked by " + checkedBy());
    lines.add("  users " + seen);
    if (dialogue.append()) {
      lines.add("  users may type PASSWORD,123456 or PASSWORD,push instead");
    }
    lines.add("  on the NAS:");
    NasCommands.of(client).forEach(line -> lines.add("    " + line));
    return lines;
  }

  /** The same as members of an object. */
  void addTo(ObjectNode object) {
    Duration remember = dialogue.remember();
    object
        .put("name", client.name())
        .put("kind", client.kind().word())
        .put("answerWithinSeconds", client.answerWithin().toSeconds())
        .put("mode", dialogue.mode().word())
        .put("factor", factor)
        .put("passwordsCheckedBy", checkedBy())
        .put("append", dialogue.append())
        .put("rememberSeconds", remember == null ? null : Long.valueOf(remember.toSeconds()))
        .put("language", dialogue.language().word())
        .put("usersSee", "Users " + seen);
    ArrayNode onTheNas = object.putArray("onTheNas");
    NasCommands.of(client).forEach(onTheNas::add);
  }

  private String checkedBy() {
    ClientSources sources = client.sources();
    List<String> names =
        sources.names().isEmpty() ? configuration.sources().order() : sources.names();
    String nas = names.size() == 1 ? "the NAS itself" : "the NAS itself; who it is, by ";
    String checked =
        sources.isPasswordCheckedByNas()
            ? nas + inOrder(names.subList(1, names.size()))
            : inOrder(names);
    return checked
        + (sources.silentWhenUnavailable() ? "; no answer while one of them cannot say" : "");
  }

  private static String inOrder(List<String> names) {
    return names.stream()
        .map(name -> name.equals(ClientSources.USERS_FILE) ? "the file of users" : name)
        .collect(Collectors.joining(", then "));
  }

  private static String onOrOff(boolean on) {
    return on ? "on" : "off";
  }

  private String remembered() {
    Duration remember = dialogue.remember();
    if (remember == null) {
      return "off";
    }
    return remember.toMinutes() % 60 == 0 ? remember.toHours() + "h" : remember.toMinutes() + "m";
  }
}
