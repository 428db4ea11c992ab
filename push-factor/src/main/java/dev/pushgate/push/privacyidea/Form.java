package dev.pushgate.push.privacyidea;

import dev.pushgate.push.signed.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Fields of {@code application/x-www-form-urlencoded}, as a body or a query has them.
 *
 * <p>Read strictly: each name stands once, what is percent-encoded is UTF-8, and nothing is
 * guessed.
 */
public final class Form {
  private static final int MOST_FIELDS = 16;
  private static final int HEXADECIMAL = 16;

  private final Map<String, String> fields;

  private Form(Map<String, String> fields) {
    this.fields = Map.copyOf(fields);
  }

  /**
   * @param encoded as it came; the caller has bounded its length
   * @throws MalformedException when it is not of that form, or a name stands twice
   */
  public static Form parse(String encoded) throws MalformedException {
    String[] pairs = encoded.split("&", MOST_FIELDS + 1);
    if (pairs.length > MOST_FIELDS) {
      throw new MalformedException("there must not be more than 16 fields");
    }
    Map<String, String> fields = new HashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new MalformedException("each field must have a name and a '='");
      }
      String name = decode(pair.substring(0, equals));
      if (fields.putIfAbsent(name, decode(pair.substring(equals + 1))) != null) {
        throw new MalformedException("each field must stand once");
      }
    }
    return new Form(fields);
  }

  /** Whether the field is there, be it empty. */
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /**
   * @throws MalformedException when the field is missing, empty or longer than that
   */
  String text(String name, int mostCharacters) throws MalformedException {
    return optional(name, mostCharacters)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new MalformedException("'" + name + "' must be there"));
  }

  /**
   * @return empty where the field is missing
   * @throws MalformedException when the field is longer than that
   */
  Optional<String> optional(String name, int mostCharacters) throws MalformedException {
    Optional<String> value = Optional.ofNullable(fields.get(name));
    if (value.isPresent() && value.get().length() > mostCharacters) {
      throw new MalformedException(
          "'" + name + "' must not have more than " + mostCharacters + " characters");
    }
    return value;
  }

  private static String decode(String encoded) throws MalformedException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char character = encoded.charAt(i);
      if (character == '%') {
        octets.write(percentEncoded(encoded, i));
        i += 2;
      } else if (character > ' ' && character <= '~') {
        octets.write(character == '+' ? ' ' : character);
      } else {
        throw new MalformedException("what is not visible ASCII must be percent-encoded");
      }
    }
    try {
      // Reports what is not UTF-8, other than the constructors of String.
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("what is percent-encoded must be UTF-8");
    }
  }

  private static int percentEncoded(String encoded, int from) throws MalformedException {
    int high = from + 2 < encoded.length() ? digit(encoded.charAt(from + 1)) : -1;
    int low = from + 2 < encoded.length() ? digit(encoded.charAt(from + 2)) : -1;
    if (high < 0 || low < 0) {
      throw new MalformedException("'%' must stand before two hexadecimal digits");
    }
    return high * HEXADECIMAL + low;
  }

  /** Of ASCII alone, other than those of Character. */
  private static int digit(char character) {
    return character <= '~' ? Character.digit(character, HEXADECIMAL) : -1;
  }

  @Override
  public String toString() {
    return "Form[" + fields.size() + " fields, not shown]";
  }
}
