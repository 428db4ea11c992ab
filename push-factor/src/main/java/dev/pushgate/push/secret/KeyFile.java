package dev.pushgate.push.secret;

import dev.pushgate.radius.Problem;
import dev.pushgate.radius.file.EditLock;
import dev.pushgate.radius.file.FileReplacement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file with the keys of the store: a key on each line, the newest first; empty lines and such
 * that begin with {@code #} count for nothing.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>A file that others than its owner could read or write is not used. No key is in a problem or
 * in an exception's text; names of keys are, and are no secrets.
 *
 * <p>Holds nothing of the file, so safe for use by many threads. Who changes the file holds its
 * {@link #lock}.
 */
public final class KeyFile {
  /** Its name in the configuration folder, where nothing else is said. */
  public static final String NAME = "pushgate.key";

  private static final int MOST_OCTETS = 65_536;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final String HEAD =
      """
      # The keys of Pushgate's secrets: the first is used for new ones. Keep a copy in a safe place,
      # apart from copies of the state folder: without these keys nobody can read the secrets in it.
      """;

  private final Path path;
  private final SecureRandom random;

  /**
   * @param path need not exist, its folder must for {@link #create}
   */
  public KeyFile(Path path, SecureRandom random) {
    this.path = path;
    this.random = random;
  }

  /** What became of reading the file. */
  public sealed interface Reading {

    /** There are keys. */
    record Read(KeyRing keys) implements Reading {}

    /** There is no file. */
    record Missing() implements Reading {}

    /**
     * The file must not or cannot be used.
     *
     * @param problems every mistake that was found, at least one
     */
    record Broken(List<Problem> problems) implements Reading {
      public Broken {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Where it is, or would be. */
  public Path path() {
    return path;
  }

  /** Reads the file; does not throw. */
  public Reading read() {
    if (!Files.exists(path)) {
      return new Reading.Missing();
    }
    if (!Files.isRegularFile(path)) {
      return broken("this is not a file", "Name the file with the keys");
    }
    try {
      Set<PosixFilePermission> permissions = permissions();
      if (!OWNER_ONLY.containsAll(permissions)) {
        return broken(
            "users other than its owner can get at the keys ("
                + PosixFilePermissions.toString(permissions)
                + ")",
            "Run chmod 600 " + path);
      }
      return reading(text());
    } catch (NoSuchFileException e) {
      return new Reading.Missing();
    } catch (IOException e) {
      return broken(
          "the file cannot be read",
          "Give it to the owner of the state folder, who runs the server (chown)");
    }
  }

  /** What the owner may is the owner's affair. */
  private Set<PosixFilePermission> permissions() throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return Set.of();
    }
    EnumSet<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(Files.getPosixFilePermissions(path));
    permissions.remove(PosixFilePermission.OWNER_EXECUTE);
    return permissions;
  }

  /** Octet by octet, so that a place in the text is the same place in the file. */
  private String text() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(MOST_OCTETS + 1), StandardCharsets.ISO_8859_1);
    }
  }

  private Reading reading(String text) {
    if (text.length() > MOST_OCTETS) {
      return broken("the file is too large to be one of keys", "Name the file with the keys");
    }
    List<Problem> problems = new ArrayList<>();
    Map<String, Integer> places = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>();
    for (Line line : lines(text)) {
      Optional<String> name = KeyRing.nameIn(line.text());
      if (name.isEmpty()) {
        problems.add(
            problem(
                line.number(),
                "the line is neither a key nor a comment",
                "Restore it from your copy; 'pushgate key rotate' adds a new key"));
        continue;
      }
      Integer before = places.putIfAbsent(name.get(), line.number());
      if (before != null) {
        problems.add(
            problem(
                line.number(),
                "key " + name.get() + " is in line " + before + " as well",
                "Remove one of the two"));
      }
      keys.add(line.text());
    }
    if (places.isEmpty() && problems.isEmpty()) {
      problems.add(
          problem(
              0,
              "there is no key in the file",
              "Restore it from your copy, or remove it and run: pushgate key"));
    }
    return problems.isEmpty()
        ? new Reading.Read(KeyRing.of(keys, random).orElseThrow())
        : new Reading.Broken(problems);
  }

  /**
   * A line that counts.
   *
   * @param number counted from 1
   * @param start where its text begins, in octets from the beginning of the file
   * @param text without white space around it
   */
  private record Line(int number, int start, String text) {
    @Override
    public String toString() {
      return "Line[" + number + "]";
    }
  }

  private static List<Line> lines(String text) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      number++;
      String whole = text.substring(start, end);
      String stripped = whole.strip();
      if (!stripped.isEmpty() && !stripped.startsWith("#")) {
        lines.add(new Line(number, start + whole.indexOf(stripped), stripped));
      }
      start = end + 1;
    }
    return lines;
  }

  private Reading.Broken broken(String what, String remedy) {
    return new Reading.Broken(List.of(problem(0, what, remedy)));
  }

  private Problem problem(int line, String what, String remedy) {
    return new Problem(path.toString(), line, null, what, remedy);
  }

  /**
   * Keeps others from changing the file until it is closed.
   *
   * @return empty when others changed it all the time
   * @throws IOException when the file is not there, or its folder cannot be written to
   */
  public Optional<EditLock> lock(Duration patience) throws IOException, InterruptedException {
    return EditLock.on(path.toRealPath(), patience);
  }

  /**
   * Makes the file with one new key in it, readable by its owner only.
   *
   * @param owner to give it to, or null for the one who runs this
   * @return false, and nothing done, where there is a file
   */
  public boolean create(@Nullable UserPrincipal owner) throws IOException {
    try {
      Files.createFile(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    boolean made = false;
    try {
      if (owner != null) {
        Files.setOwner(path, owner);
      }
      write(HEAD + KeyRing.newLine(random) + "\n");
      made = true;
    } finally {
      if (!made) {
        Files.deleteIfExists(path);
      }
    }
    return true;
  }

  /**
   * Adds a new key before all others; readers see the file as before or as after.
   *
   * @return the name of the new key
   */
  public String addKey() throws IOException {
    String text = text();
    String line = KeyRing.newLine(random);
    List<Line> lines = lines(text);
    int before = lines.isEmpty() ? text.length() : lineStart(text, lines.getFirst().start());
    write(text.substring(0, before) + line + "\n" + text.substring(before));
    return KeyRing.nameIn(line).orElseThrow();
  }

  private static int lineStart(String text, int place) {
    return text.lastIndexOf('\n', place) + 1;
  }

  private void write(String text) throws IOException {
    FileReplacement.write(path.toRealPath(), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Removes keys, but never the newest. Each is overwritten where it stands, by a comment of the
   * same length: that needs no right to write to the folder, and leaves no copy of the key on the
   * disk.
   *
   * @param needed names of keys to keep
   * @return names of the keys that have been removed
   */
  public List<String> removeAllBut(Set<String> needed) throws IOException {
    List<String> removed = new ArrayList<>();
    List<Line> lines = lines(text());
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      for (Line line : lines.subList(Math.min(1, lines.size()), lines.size())) {
        Optional<String> name = KeyRing.nameIn(line.text()).filter(key -> !needed.contains(key));
        if (name.isPresent()) {
          String comment = "# " + name.get() + " was removed: nothing needed it";
          String all = comment + " ".repeat(line.text().length() - comment.length());
          writeAll(channel, all.getBytes(StandardCharsets.ISO_8859_1), line.start());
          removed.add(name.get());
        }
      }
      channel.force(true);
    }
    return removed;
  }

  private static void writeAll(FileChannel channel, byte[] octets, long start) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(octets);
    while (rest.hasRemaining()) {
      int written = channel.write(rest, start + rest.position());
      if (written < 0) {
        throw new IOException("the file ends before its place");
      }
    }
  }
}
