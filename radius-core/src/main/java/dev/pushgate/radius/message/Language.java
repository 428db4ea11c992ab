package dev.pushgate.radius.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A language that users can be spoken to in. Its sentences are in a file beside this class. */
public enum Language {
  EN,
  DE;

  /** What is spoken where nothing else is said. */
  public static final Language DEFAULT = EN;

  // Unmodifiable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Map<String, String> sentences = fileBeside(Language.class);

  /** The word that stands for it in the configuration, for example {@code de}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The sentence as it stands in the file, with its gaps. */
  String sentence(String key) {
    String sentence = sentences.get(key);
    if (sentence == null) {
      throw new IllegalStateException("there is no '" + key + "' in " + this);
    }
    return sentence;
  }

  /**
   * What stands in this language's file, named by {@link #word}, beside a class.
   *
   * @throws IllegalStateException when there is no such file
   */
  public Map<String, String> fileBeside(Class<?> owner) {
    String file = word() + ".properties";
    Properties entries = new Properties();
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the file " + file + " is missing");
      }
      try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        entries.load(reader);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the file " + file + " cannot be read", e);
    }
    return entries.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(Function.identity(), entries::getProperty));
  }
}
