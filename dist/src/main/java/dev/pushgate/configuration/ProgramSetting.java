package dev.pushgate.configuration;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a program and its arguments, which are given to it as they are: no shell sees them. */
final class ProgramSetting {
  private static final String REMEDY =
      "Write the whole path and the arguments as a list, such as [ \"/usr/bin/logger\", \"-t\","
          + " \"pushgate\" ]";

  private ProgramSetting() {}

  /** The program, by its whole path, and its arguments; empty where it cannot be (reported). */
  static List<String> read(Setting setting) {
    if (setting.isEmptyList()) {
      setting.problem("the list is empty", REMEDY);
      return List.of();
    }
    List<String> words = new ArrayList<>();
    for (Setting element : setting.elements()) {
      String word = element.text();
      if (word == null) {
        return List.of();
      }
      words.add(word);
    }
    if (words.isEmpty()) {
      return List.of();
    }
    Path program;
    try {
      program = Path.of(words.getFirst());
    } catch (InvalidPathException e) {
      setting.problem(Words.quoted(words.getFirst()) + " is not a path", REMEDY);
      return List.of();
    }
    if (!program.isAbsolute()) {
      setting.problem(Words.quoted(words.getFirst()) + " is not a whole path", REMEDY);
      return List.of();
    }
    if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
      setting.warning(
          "there is no program " + Words.quoted(program.toString()),
          "Install it, or name the program that you mean");
    }
    return words;
  }
}
