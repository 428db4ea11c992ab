package dev.pushgate.configuration;

import dev.pushgate.radius.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong and what is doubtful while a configuration is read. */
final class Report {
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /** Something for which the configuration cannot be used. */
  void problem(Place place, @Nullable String key, String what, String remedy) {
    problems.add(new Problem(place.file(), place.line(), key, what, remedy));
  }

  /** Something that works but that the administrator may not have meant. */
  void warning(Place place, @Nullable String key, String what, String remedy) {
    warnings.add(new Problem(place.file(), place.line(), key, what, remedy));
  }

  /** What reading another file has brought to light. */
  void take(List<Problem> problemsOfFile, List<Problem> warningsOfFile) {
    problems.addAll(problemsOfFile);
    warnings.addAll(warningsOfFile);
  }

  boolean isBroken() {
    return !problems.isEmpty();
  }

  List<Problem> problems() {
    return problems.stream().sorted(Problem.IN_READING_ORDER).toList();
  }

  List<Problem> warnings() {
    return warnings.stream().sorted(Problem.IN_READING_ORDER).toList();
  }
}
