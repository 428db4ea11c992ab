package dev.pushgate.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON of visible ASCII: texts of phones are in it, and a terminal may be what reads it. */
public final class AsciiJson {
  private static final JsonMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private AsciiJson() {}

  /** The tree as text, a member on a line; any other character is escaped. */
  public static String text(JsonNode tree) {
    try {
      return ASCII
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(tree)
          .replace("\u007f", "\\u007f");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }
}
