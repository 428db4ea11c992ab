package dev.pushgate.radius.dictionary;

import dev.pushgate.radius.NearestName;
import dev.pushgate.radius.packet.EncodedAttribute;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.UntrustedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads attributes that administrators want in an Access-Accept: a name of the dictionary, perhaps
 * with a tag ({@code Tunnel-Type:1}), and values as text.
 *
 * <p>For one thread.
 */
public final class ReplyAttributeReader {
  private static final Pattern NAME_AND_TAG = Pattern.compile("(?<name>[^:]+)(?::(?<tag>.*))?");
  private static final int HIGHEST_TAG = 0x1f;

  /** How many names of values a remedy lists. */
  private static final int MOST_NAMES = 24;

  /** Looking for the name that was meant costs a walk through the dictionary. */
  private static final int MOST_GUESSES = 20;

  private final Dictionary dictionary;
  private int guesses;

  /** What came of reading one attribute. */
  public sealed interface Reading {

    /** It can be sent. */
    record Read(ReplyAttributes attribute) implements Reading {}

    /** It cannot. */
    record Refused(String what, String remedy) implements Reading {}

    /** The name may stand in a dictionary that could not be read; its problems are known. */
    record Unknowable() implements Reading {}
  }

  /** Something is wrong with a value; carries the words out of the depth. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Reading.Refused refused;

    private RefusedException(String what, String remedy) {
      super(what, null, false, false);
      this.refused = new Reading.Refused(what, remedy);
    }
  }

  public ReplyAttributeReader(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  /** The attribute of that name, in any case. */
  public Optional<Definition> find(String name) {
    return dictionary.find(name);
  }

  /** Whether the attribute of that name can be sent once only. */
  public boolean isOnce(String name) {
    return find(name).map(AcceptRules::isOnce).orElse(false);
  }

  /**
   * Reads one attribute.
   *
   * @param key its name, perhaps with a colon and a tag
   * @param values at least one
   */
  public Reading read(String key, List<String> values) {
    Matcher matcher = NAME_AND_TAG.matcher(key);
    String name = matcher.matches() ? matcher.group("name") : key;
    Optional<Definition> found = dictionary.find(name);
    if (found.isEmpty()) {
      return dictionary.isWhole() ? unknown(name) : new Reading.Unknowable();
    }
    Definition definition = found.get();
    try {
      int tag = matcher.matches() ? tag(matcher.group("tag"), definition) : 0;
      return new Reading.Read(
          ReplyAttributes.of(definition.name(), encoded(values, tag, definition)));
    } catch (RefusedException e) {
      return e.refused;
    }
  }

  /**
   * What speaks against an attribute, whatever its values will be; empty where nothing does.
   *
   * @param key as for {@link #read}
   */
  public Optional<Reading.Refused> objection(String key) {
    Matcher matcher = NAME_AND_TAG.matcher(key);
    String name = matcher.matches() ? matcher.group("name") : key;
    Optional<Definition> found = dictionary.find(name);
    if (found.isEmpty()) {
      return dictionary.isWhole() ? Optional.of(unknown(name)) : Optional.empty();
    }
    try {
      var _ = tag(matcher.matches() ? matcher.group("tag") : null, found.get());
    } catch (RefusedException e) {
      return Optional.of(e.refused);
    }
    return AcceptRules.objection(found.get())
        .map(what -> new Reading.Refused(found.get().name() + " " + what, "Remove it"));
  }

  private Reading.Refused unknown(String name) {
    return new Reading.Refused(whyUnknown(name), remedyForUnknown(name));
  }

  private String remedyForUnknown(String name) {
    Optional<String> nearest =
        guesses++ < MOST_GUESSES ? dictionary.nearest(name) : Optional.empty();
    return remedyForUnknown(nearest);
  }

  /** What is wrong with a name that no dictionary has. */
  static String whyUnknown(String name) {
    return "no dictionary has an attribute " + shown(name);
  }

  /**
   * What to do about one.
   *
   * @param nearest the name that was probably meant
   */
  static String remedyForUnknown(Optional<String> nearest) {
    return nearest
        .map(near -> "Write " + near)
        .orElse(
            "Write a name as docs/attributes.md has it, or name a dictionary that has it in"
                + " radius.dictionaries");
  }

  private static int tag(@Nullable String text, Definition definition) throws RefusedException {
    if (text == null) {
      return 0;
    }
    if (!definition.tagged()) {
      throw new RefusedException(definition.name() + " has no tags", "Write " + definition.name());
    }
    int tag = text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : 0;
    if (tag < 1 || tag > HIGHEST_TAG) {
      throw new RefusedException(
          shown(text) + " is not a tag", "Write a number from 1 to " + HIGHEST_TAG);
    }
    return tag;
  }

  private static List<EncodedAttribute> encoded(List<String> values, int tag, Definition definition)
      throws RefusedException {
    Optional<String> objection = AcceptRules.objection(definition);
    if (objection.isPresent()) {
      throw new RefusedException(definition.name() + " " + objection.get(), "Remove it");
    }
    if (values.size() > 1 && AcceptRules.isOnce(definition)) {
      throw new RefusedException(
          definition.name() + " can be sent once only, and there are " + values.size() + " values",
          "Write one value");
    }
    List<EncodedAttribute> encoded = new ArrayList<>();
    for (String value : values) {
      encoded.add(encoded(value, tag, definition));
    }
    return encoded;
  }

  private static EncodedAttribute encoded(String value, int tag, Definition definition)
      throws RefusedException {
    if (value.isEmpty() || value.indexOf('\0') >= 0) {
      throw new RefusedException(
          "a value is empty or has a NUL in it", "Write " + wanted(definition));
    }
    byte[] octets =
        ValueText.encode(value, definition)
            .orElseThrow(
                () ->
                    new RefusedException(
                        shown(value) + " is not a value of " + definition.name(),
                        "Write " + meant(value, definition)));
    octets = tagged(octets, tag, definition);
    Vendor vendor = definition.vendor();
    int longest = vendor == null ? 253 : vendor.longestValue();
    if (octets.length > longest) {
      throw new RefusedException(
          "the value has "
              + octets.length
              + " octets, and "
              + definition.name()
              + " carries "
              + longest,
          "Shorten it");
    }
    return vendor == null
        ? new EncodedAttribute((int) definition.number(), octets)
        : EncodedAttribute.ofVendor(
            vendor.number(),
            vendor.typeOctets(),
            vendor.lengthOctets(),
            definition.number(),
            octets);
  }

  /** A number has room for the tag, a text has it before its first character (RFC 2868). */
  private static byte[] tagged(byte[] octets, int tag, Definition definition) {
    if (tag == 0) {
      return octets;
    }
    if (definition.type().isNumber()) {
      octets[0] = (byte) tag;
      return octets;
    }
    byte[] tagged = new byte[1 + octets.length];
    tagged[0] = (byte) tag;
    System.arraycopy(octets, 0, tagged, 1, octets.length);
    return tagged;
  }

  private static String meant(String value, Definition definition) {
    Map<String, Long> names = definition.values();
    return NearestName.to(value, names.keySet())
        .orElseGet(
            () ->
                names.isEmpty() || names.size() > MOST_NAMES
                    ? wanted(definition)
                    : names.keySet().stream()
                        .collect(Collectors.joining(", ", "", " or a number")));
  }

  private static String wanted(Definition definition) {
    if (definition.length() > 0) {
      return definition.length() + " octets such as 0x" + "00".repeat(definition.length());
    }
    return definition.tagged() && definition.type().isNumber()
        ? "a number from 0 to 16777215"
        : definition.type().wanted();
  }

  private static String shown(String text) {
    return "'" + UntrustedText.shown(text) + "'";
  }
}
