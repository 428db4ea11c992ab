package dev.pushgate.push.notifier;

import dev.pushgate.radius.message.Language;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is shown of notices, in one file for each language beside this class: the same whoever signs
 * in.
 */
final class NoticeWords {
  private static final Map<Language, Map<String, String>> FILES =
      Arrays.stream(Language.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  Function.identity(), language -> language.fileBeside(NoticeWords.class)));

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
}
