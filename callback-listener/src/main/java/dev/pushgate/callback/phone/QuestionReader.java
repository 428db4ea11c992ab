package dev.pushgate.callback.phone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.challenge.Choice;
import dev.pushgate.push.phone.Question;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** Reads CHALLENGE of docs/phone-api.md. What it does not know or cannot use it leaves out. */
final class QuestionReader {
  private static final Pattern OPTION = Pattern.compile("[A-Za-z0-9]{1,4}");

  private QuestionReader() {}

  static Question read(JsonNode challenge) {
    return new Question(
        challenge.path("id").asText(),
        challenge.path("nonce").asText(),
        challenge.path("user").asText(),
        challenge.path("service").asText(),
        challenge.path("client").asText(),
        challenge.path("from").asText(null),
        Instant.ofEpochSecond(challenge.path("issued").asLong()),
        Instant.ofEpochSecond(challenge.path("expires").asLong()),
        challenge.path("digits").asInt(0),
        options(challenge.path("options")),
        notes(challenge));
  }

  private static List<String> options(JsonNode told) {
    List<String> options =
        told.valueStream()
            .map(option -> option.isTextual() ? option.textValue() : "")
            .distinct()
            .toList();
    boolean isUsable =
        told.isArray()
            && options.size() == told.size()
            && options.size() <= Choice.MOST_OPTIONS
            && options.stream().allMatch(option -> OPTION.matcher(option).matches());
    return isUsable ? options : List.of();
  }

  private static ChallengeNotes notes(JsonNode challenge) {
    List<String> why = challenge.path("why").valueStream().map(JsonNode::asText).toList();
    return new ChallengeNotes(
        why.contains("new-place"),
        why.contains("many-requests") ? Math.max(1, challenge.path("requests").asInt(1)) : 1);
  }
}
