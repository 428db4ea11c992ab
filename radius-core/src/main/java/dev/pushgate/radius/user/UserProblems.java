package dev.pushgate.radius.user;

import dev.pushgate.radius.Problem;
import dev.pushgate.radius.packet.UntrustedText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Gathers what is wrong with the assignments of one users file. For one thread. */
final class UserProblems {
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9._@+][A-Za-z0-9._@+-]*");

  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /**
   * @param file as problems shall name it
   */
  UserProblems(String file) {
    this.file = file;
  }

  /** The file must not be used like this. */
  void tell(Assignment assignment, String what, String remedy) {
    problems.add(problem(assignment, what, remedy));
  }

  /** The file can be used, but should not stay like this. */
  void warn(Assignment assignment, String what, String remedy) {
    warnings.add(problem(assignment, what, remedy));
  }

  private Problem problem(Assignment assignment, String what, String remedy) {
    return new Problem(
        file, assignment.line(), UntrustedText.shown(assignment.key()), what, remedy);
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  /** The command that sets a user's password, to be pasted into a shell. */
  static String passwd(String name) {
    return "`pushgate passwd " + word(name) + "`";
  }

  /** As {@link #passwd(String)}, for a password by this scheme. */
  static String passwd(String name, String scheme) {
    return "`pushgate passwd " + word(name) + " --scheme " + scheme + "`";
  }

  private static String word(String name) {
    return PLAIN_WORD.matcher(name).matches()
        ? name
        : "'" + UntrustedText.shown(name).replace("'", "'\\''") + "'";
  }
}
