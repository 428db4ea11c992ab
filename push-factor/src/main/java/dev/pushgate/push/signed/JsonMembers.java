package dev.pushgate.push.signed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The members of a JSON object that a phone has sent, each asked for by name and type. */
public final class JsonMembers {
  /** Refuses duplicate members, anything behind the object, and deep nesting. */
  private static final ObjectReader STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  // Names that strangers choose are not kept beyond the message.
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxNumberLength(20)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final JsonNode object;
  private final String what;

  private JsonMembers(JsonNode object, String what) {
    this.object = object;
    this.what = what;
  }

  /**
   * @param octets UTF-8 text of a JSON object
   * @param what names the object in exceptions
   * @throws MalformedException when it is not one JSON object, or a member stands in it twice
   */
  public static JsonMembers parse(byte[] octets, String what) throws MalformedException {
    try {
      // Left to itself, Jackson would guess at UTF-16 and UTF-32.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      JsonNode node = STRICT.readValue(text);
      if (node != null && node.isObject()) {
        return new JsonMembers(node, what);
      }
    } catch (CharacterCodingException | JsonProcessingException e) {
      // Told below, without what the message holds.
    }
    throw new MalformedException(
        what + " must be one JSON object in UTF-8 in which no member stands twice");
  }

  /** Whether there is such a member, of whatever value. */
  public boolean has(String name) {
    return object.has(name);
  }

  /**
   * @throws MalformedException when the member is missing or not a string
   */
  public String text(String name) throws MalformedException {
    JsonNode value = object.get(name);
    if (value == null || !value.isTextual()) {
      throw new MalformedException("'" + name + "' in " + what + " must be a string");
    }
    return value.textValue();
  }

  /**
   * @return empty when the member is missing
   * @throws MalformedException when it is there and not a string
   */
  public Optional<String> textIfAny(String name) throws MalformedException {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /**
   * @throws MalformedException when the member is missing or not an integer of 64 bits
   */
  public long integer(String name) throws MalformedException {
    JsonNode value = object.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedException("'" + name + "' in " + what + " must be an integer");
    }
    return value.longValue();
  }

  /**
   * @throws MalformedException when the member is missing or not an object
   */
  public JsonMembers object(String name) throws MalformedException {
    JsonNode value = object.get(name);
    if (value == null || !value.isObject()) {
      throw new MalformedException("'" + name + "' in " + what + " must be an object");
    }
    return new JsonMembers(value, "'" + name + "'");
  }
}
