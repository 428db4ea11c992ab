package dev.pushgate.push.notifier;

import dev.pushgate.radius.message.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is shown of notices, in one file for each language beside this class: the same whoever signs
 * in.
 */
final class NoticeWords {
  private static final Map<Language, Map<String, String>> FILES =
      Arrays.stream(Language.values())
          .collect(Collectors.toUnmodifiableMap(Function.identity(), NoticeWords::read));

  private NoticeWords() {}

  static String title(Notice.Kind kind, Language language) {
    return word(kind, language, ".title");
  }

  static String text(Notice.Kind kind, Language language) {
    return word(kind, language, ".text");
  }

  private static String word(Notice.Kind kind, Language language, String part) {
    String name =
        switch (kind) {
          case QUESTION, QUESTION_WITH_NUMBER -> "question";
          case ANSWERED -> "answered";
          case NEW_DEVICE -> "new-device";
          case TEST -> "test";
        };
    String word = FILES.getOrDefault(language, Map.of()).get(name + part);
    if (word == null) {
      throw new IllegalStateException("there is no '" + name + part + "' in " + language);
    }
    return word;
  }

  private static Map<String, String> read(Language language) {
    String file = language.word() + ".properties";
    Properties words = new Properties();
    try (InputStream in = NoticeWords.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the file " + file + " is missing");
      }
      try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        words.load(reader);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the file " + file + " cannot be read", e);
    }
    return words.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(Function.identity(), words::getProperty));
  }
}
