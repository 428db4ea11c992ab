package dev.pushgate.radius.user;

import dev.pushgate.radius.Problem;
import dev.pushgate.radius.file.EditLock;
import dev.pushgate.radius.file.FileReplacement;
import dev.pushgate.radius.packet.UntrustedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes the users in a file that people edit by hand as well.
 *
 * <p>All else in the file stays as it is, octet for octet: comments, order, line endings, owner,
 * group and mode; a symbolic link stays one, and what it points to is edited. Readers see the file
 * as before or as after, never in between. Editors of the same file wait for each other by means of
 * a lock file {@code .NAME.lock} beside it, which stays.
 *
 * <p>Needs a POSIX file system. Safe for any number of threads; a process should have one editor
 * for a file, because the lock of a process ends when any editor in it gives up waiting.
 */
public final class UsersFileEditor {
  private static final int MOST_LINKS = 40;

  private final UsersFile file;
  private final Path path;
  private final Duration patience;

  /**
   * @param file which file; need not exist, its folder must
   * @param factors as for {@link UsersFile}
   * @param patience how long to wait for others who edit the file
   */
  public UsersFileEditor(Path file, Set<String> factors, Duration patience) {
    this(new UsersFile(file, factors), patience);
  }

  /**
   * @param file as the server reads it
   * @param patience how long to wait for others who edit the file
   */
  public UsersFileEditor(UsersFile file, Duration patience) {
    this.file = file;
    this.path = file.path();
    this.patience = patience;
  }

  /** What came of an edit. */
  public sealed interface Edited {

    /**
     * A user of the file has another password now, or another property.
     *
     * @param name the user's canonical name
     * @param line where it stands
     */
    record Changed(String name, int line) implements Edited {}

    /**
     * The file has a user more, in its last line.
     *
     * @param name the user's canonical name
     * @param line where it stands
     */
    record Added(String name, int line) implements Edited {}

    /**
     * The file has no line of this user any more.
     *
     * @param name the user's canonical name
     * @param lines how many there were
     */
    record Removed(String name, int lines) implements Edited {}

    /** The file said so already, and is as before. */
    record Unchanged(String name) implements Edited {}

    /**
     * The file is as before.
     *
     * @param problems what must be mended first; at least one
     */
    record Refused(List<Problem> problems) implements Edited {}
  }

  /**
   * Replaces the password of a user, or adds the user at the end of the file.
   *
   * <p>Refused when the file would have problems afterwards; a problem with the very password that
   * is replaced does not hinder. A missing file is made, with mode 0600.
   *
   * @param userName in any case and normal form; becomes the canonical name of a new user
   * @throws IOException when the file can be neither read nor written, nor its owner kept; it is
   *     then as before
   * @throws InterruptedException while waiting for others; the file is then as before
   */
  public Edited setPassword(String userName, StoredPassword password)
      throws IOException, InterruptedException {
    Optional<Edited> objection = objection(userName);
    return objection.isPresent()
        ? objection.get()
        : edit(
            text -> {
              Optional<Assignment> line = text.find(UserKey.of(userName));
              return line.isPresent()
                  ? changed(text, line.get(), password.text())
                  : added(text, List.of(Map.entry(userName, password.text())));
            });
  }

  /**
   * Adds a user at the end of the file. Refused where there is one of that name, or where the file
   * would have problems afterwards.
   *
   * @param properties words of the file, such as {@code groups}, and what they shall say
   */
  public Edited add(String userName, StoredPassword password, Map<String, String> properties)
      throws IOException, InterruptedException {
    Optional<Edited> objection = objection(userName);
    if (objection.isPresent()) {
      return objection.get();
    }
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    lines.add(Map.entry(userName, password.text()));
    properties.forEach((word, value) -> lines.add(Map.entry(userName + "." + word, value)));
    return edit(
        text -> {
          List<Assignment> there = text.linesOf(userName);
          return there.isEmpty()
              ? added(text, lines)
              : new Draft.Done(
                  refused(
                      there.getFirst().line(),
                      userName,
                      "there is such a user already",
                      "Set the password with "
                          + UserProblems.passwd(userName)
                          + ", or remove the user first"));
        });
  }

  /**
   * Removes all lines of a user. What stands in comments stays. Refused where there are none, or
   * where the file would have problems afterwards.
   */
  public Edited remove(String userName) throws IOException, InterruptedException {
    return edit(
        text -> {
          List<Assignment> lines = text.linesOf(userName);
          return lines.isEmpty()
              ? new Draft.Done(unknown(userName))
              : new Draft.Changes(
                  text.without(lines), new Edited.Removed(canonical(lines), lines.size()));
        });
  }

  /**
   * Disables a user, or enables one. What says so already stays as it is.
   *
   * @throws IOException as for {@link #setPassword}
   */
  public Edited setDisabled(String userName, boolean disabled)
      throws IOException, InterruptedException {
    return edit(
        text -> {
          Optional<Assignment> password = text.find(UserKey.of(userName));
          if (password.isEmpty()) {
            return new Draft.Done(unknown(userName));
          }
          String name = password.get().key();
          String key = name + "." + UserKey.Property.DISABLED.word();
          String value = Boolean.toString(disabled);
          Optional<Assignment> line = text.find(UserKey.of(key));
          if (line.map(Assignment::value).orElse("false").strip().equals(value)) {
            return new Draft.Done(new Edited.Unchanged(name));
          }
          Assignment there = line.orElse(password.get());
          return new Draft.Changes(
              line.isPresent()
                  ? text.with(Map.of(there, value))
                  : text.withNew(password, List.of(Map.entry(key, value))),
              new Edited.Changed(name, line.isPresent() ? there.line() : there.lastLine() + 1));
        });
  }

  /**
   * Another form of a password that a user has.
   *
   * @param userName canonical
   * @param stored as the file is thought to have it
   */
  public record Replacement(String userName, StoredPassword stored, StoredPassword better) {}

  /**
   * Replaces passwords, each where the file still has what is thought to stand there.
   *
   * @return {@link Edited.Changed} by the first user whose line changed, {@link Edited.Unchanged}
   *     where none has
   */
  Edited replacePasswords(List<Replacement> replacements) throws IOException, InterruptedException {
    Map<String, Replacement> byName = new HashMap<>();
    replacements.forEach(each -> byName.put(UserName.folded(each.userName()), each));
    return edit(
        text -> {
          Map<Assignment, String> values = new HashMap<>();
          text.passwordLines(byName.keySet())
              .forEach(
                  (name, line) -> {
                    Replacement replacement = byName.get(name);
                    if (replacement != null && isStill(line, replacement.stored())) {
                      values.put(line, replacement.better().text());
                    }
                  });
          if (values.isEmpty()) {
            return new Draft.Done(new Edited.Unchanged(replacements.getFirst().userName()));
          }
          Assignment first = values.keySet().iterator().next();
          return new Draft.Changes(
              text.with(values), new Edited.Changed(first.key(), first.line()));
        });
  }

  private static boolean isStill(Assignment line, StoredPassword stored) {
    return StoredPassword.parse(line.value()) instanceof StoredPassword.Parsed.Stored(var now)
        && now.text().equals(stored.text());
  }

  /** What an edit would do. */
  private sealed interface Draft {

    /** There is nothing to write. */
    record Done(Edited edited) implements Draft {}

    /** This is to be written. */
    record Changes(UsersFileText.Edit edit, Edited edited) implements Draft {}
  }

  private static Draft changed(UsersFileText text, Assignment line, String value) {
    return new Draft.Changes(
        text.with(Map.of(line, value)), new Edited.Changed(line.key(), line.line()));
  }

  private static Draft added(UsersFileText text, List<Map.Entry<String, String>> lines) {
    return new Draft.Changes(
        text.withNew(Optional.empty(), lines),
        new Edited.Added(lines.getFirst().getKey(), text.lineBehind()));
  }

  private Edited edit(Function<UsersFileText, Draft> change)
      throws IOException, InterruptedException {
    Path target = linkTarget(path.toAbsolutePath());
    Optional<EditLock> lock = EditLock.on(target, patience);
    if (lock.isEmpty()) {
      return refused(
          0,
          null,
          "another command has been editing the file for " + patience.toMillis() + " ms",
          "Try again when it is done");
    }
    EditLock held = lock.get();
    try {
      byte[] before = Files.exists(target) ? Files.readAllBytes(target) : new byte[0];
      return switch (change.apply(new UsersFileText(new String(before, StandardCharsets.UTF_8)))) {
        case Draft.Done(Edited edited) -> edited;
        case Draft.Changes(UsersFileText.Edit edit, Edited edited) ->
            write(target, before, edit).orElse(edited);
      };
    } finally {
      held.close();
    }
  }

  /** Writes it, or tells why not. */
  private Optional<Edited> write(Path target, byte[] before, UsersFileText.Edit edit)
      throws IOException {
    byte[] after = edit.text().getBytes(StandardCharsets.UTF_8);
    // Text that was not UTF-8 would come out with replacement characters.
    boolean isSafe =
        Arrays.equals(
                before, new String(before, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
            && edit.isAsMeant();
    UsersFile.Reading then = file.reading(after);
    if (isSafe && then instanceof UsersFile.Reading.Read) {
      FileReplacement.write(target, after);
      return Optional.empty();
    }
    if (file.reading(before) instanceof UsersFile.Reading.Broken(List<Problem> problems)) {
      return Optional.of(new Edited.Refused(problems));
    }
    if (then instanceof UsersFile.Reading.Broken(List<Problem> problems)) {
      return Optional.of(new Edited.Refused(problems));
    }
    throw new IllegalStateException("this edit would have done other than asked for");
  }

  private Optional<Edited> objection(String userName) {
    Optional<String> objection =
        UserKey.of(userName).property() == UserKey.Property.PASSWORD
            ? UserName.objection(userName)
            : Optional.of("the name ends like the key of a property");
    return objection.map(what -> refused(0, userName, what, "Choose another name"));
  }

  private Edited unknown(String userName) {
    return refused(
        0, userName, "there is no such user", "See who there is with `pushgate users list`");
  }

  private static String canonical(List<Assignment> lines) {
    return lines.stream()
        .map(Assignment::key)
        .filter(key -> UserKey.of(key).property() == UserKey.Property.PASSWORD)
        .findFirst()
        .orElseGet(() -> UserKey.of(lines.getFirst().key()).user());
  }

  private Edited refused(int line, @Nullable String key, String what, String remedy) {
    return new Edited.Refused(
        List.of(
            new Problem(
                path.toString(),
                line,
                key == null ? null : UntrustedText.shown(key),
                what,
                remedy)));
  }

  /** The file itself, also where a link points to one that is still to be made. */
  private static Path linkTarget(Path path) throws IOException {
    Path target = path;
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }
}
