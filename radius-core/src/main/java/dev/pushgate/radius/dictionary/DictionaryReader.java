package dev.pushgate.radius.dictionary;

import dev.pushgate.radius.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads dictionary files in FreeRADIUS's format, with those that they include.
 *
 * <pre>
 * VENDOR        Acme 32473
 * BEGIN-VENDOR  Acme
 * ATTRIBUTE     Acme-Role   1  string
 * ATTRIBUTE     Acme-Level  2  integer
 * VALUE         Acme-Level  Guest  1
 * END-VENDOR    Acme
 * $INCLUDE      dictionary.more
 * </pre>
 *
 * <p>What a line says that this server cannot do (attributes within attributes, Ascend's filters)
 * is left out with a warning; what cannot be understood is a problem. For one thread.
 */
public final class DictionaryReader {
  private static final List<String> SHIPPED =
      List.of(
          "dictionary.rfc",
          "dictionary.microsoft",
          "dictionary.fortinet",
          "dictionary.cisco",
          "dictionary.cisco-asa",
          "dictionary.paloalto",
          "dictionary.juniper",
          "dictionary.mikrotik",
          "dictionary.aruba",
          "dictionary.f5",
          "dictionary.wispr",
          "dictionary.sonicwall");

  private static final int MOST_OCTETS = 4 * 1024 * 1024;

  private final DictionaryDraft draft;
  private final Function<Path, String> naming;
  private final Set<Path> files = new LinkedHashSet<>();
  private final Deque<Path> open = new ArrayDeque<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /**
   * @param base what is known already; a file may define it anew
   * @param naming the path of a file as problems shall name it
   */
  public DictionaryReader(Dictionary base, Function<Path, String> naming) {
    this.draft = new DictionaryDraft(base);
    this.naming = naming;
  }

  /** The dictionaries that come with this server; without a mistake, or the build has one. */
  static Dictionary shipped() {
    DictionaryReader reader = new DictionaryReader(Dictionary.EMPTY, Path::toString);
    for (String name : SHIPPED) {
      try (InputStream in = DictionaryReader.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException("this build lacks " + name);
        }
        reader.lines(Path.of(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException("reading " + name + " from the jar failed", e);
      }
    }
    Dictionary shipped = reader.dictionary();
    if (!reader.problems.isEmpty() || !reader.warnings.isEmpty()) {
      throw new IllegalStateException(reader.problems + " " + reader.warnings);
    }
    return shipped;
  }

  /** Reads a file; what it says comes on top of what was read before. */
  public void read(Path file) {
    files.add(file);
    try {
      lines(file, text(file));
    } catch (IOException e) {
      problems.add(new Problem(naming.apply(file), 0, null, why(e), remedy(e)));
    }
  }

  /** All that was read, the base included. Ends the reading. */
  public Dictionary dictionary() {
    draft.nameValues(problems);
    Dictionary dictionary = draft.dictionary();
    return problems.isEmpty() ? dictionary : dictionary.inPart();
  }

  /** What must be mended before the dictionary can be used; known when the reading has ended. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** What was left out. */
  public List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  /** Every file that was read or looked for. */
  public Set<Path> files() {
    return Set.copyOf(files);
  }

  private void lines(Path file, String text) {
    open.push(file);
    DictionaryLines lines = new DictionaryLines(naming.apply(file), draft, this::include);
    lines.read(text.lines().toList());
    problems.addAll(lines.problems());
    warnings.addAll(lines.warnings());
    open.pop();
  }

  /** Takes in another file at once, as its place in the including file tells. */
  private void include(DictionaryLines from, String name, boolean mayBeMissing) {
    Path file;
    try {
      file = open.element().resolveSibling(name).normalize();
    } catch (InvalidPathException e) {
      from.tell("this is not a path", "Write the path of a file");
      return;
    }
    if (open.contains(file)) {
      from.tell(naming.apply(file) + " includes itself", "Remove one of the includes");
      return;
    }
    files.add(file);
    try {
      lines(file, text(file));
    } catch (NoSuchFileException e) {
      if (!mayBeMissing) {
        from.tell(
            "there is no file " + file, "Put it there, or write $INCLUDE- if it may be missing");
      }
    } catch (IOException e) {
      from.tell(file + ": " + why(e), remedy(e));
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MOST_OCTETS + 1);
      if (octets.length > MOST_OCTETS) {
        throw new IOException("too long");
      }
      // Names are ASCII; in comments anything may stand.
      return new String(octets, StandardCharsets.ISO_8859_1);
    }
  }

  private static String why(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no such file";
      case AccessDeniedException denied -> "the file may not be read";
      default -> "this is not a file, or one of more than 4 MiB";
    };
  }

  private static String remedy(IOException e) {
    return e instanceof AccessDeniedException
        ? "Let user " + System.getProperty("user.name") + " read it (chown, chmod)"
        : "Name a dictionary file";
  }
}
