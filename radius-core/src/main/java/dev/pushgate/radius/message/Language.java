package dev.pushgate.radius.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

/** A language that users can be spoken to in. Its sentences are in a file beside this class. */
public enum Language {
  EN,
  DE;

  /** What is spoken where nothing else is said. */
  public static final Language DEFAULT = EN;

  // Filled once, when the class is loaded.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Properties sentences = read(word() + ".properties");

  /** The word that stands for it in the configuration, for example {@code de}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The sentence as it stands in the file, with its gaps. */
  String sentence(String key) {
    String sentence = sentences.getProperty(key);
    if (sentence == null) {
      throw new IllegalStateException("there is no '" + key + "' in " + this);
    }
    return sentence;
  }

  private static Properties read(String file) {
    Properties sentences = new Properties();
    try (InputStream in = Language.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the file " + file + " is missing");
      }
      try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        sentences.load(reader);
      }
      return sentences;
    } catch (IOException e) {
      throw new IllegalStateException("the file " + file + " cannot be read", e);
    }
  }
}
