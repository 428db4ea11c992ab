package dev.pushgate.radius.user;

import dev.pushgate.radius.Problem;
import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.dictionary.ReplyAttributeReader;
import dev.pushgate.radius.packet.UntrustedText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The file {@code users.properties}: users, their passwords, groups and factors.
 *
 * <pre>
 * alice = $argon2id$v=19$m=19456,t=2,p=1$…
 * alice.groups = vpn, admins
 * alice.factor = push
 * alice.disabled = false
 * alice.valid-from = 2026-12-01
 * alice.valid-until = 2027-01-31T18:00:00Z
 * alice.language = de
 * alice.mail = alice@example.com
 * alice.reply.Filter-Id = staff
 * group.vpn.reply.Fortinet-Group-Name = "vpn", "staff"
 * alice.smith@corp = {NT}8846F7EAEE8FB117AD06BDD830B7586C
 * DOMAIN\\bob = $2y$12$…
 * </pre>
 *
 * <p>The syntax is that of {@link java.util.Properties} in UTF-8, read strictly. A key is a user's
 * name, as it shall be known everywhere, or a name and one of the words; since names may hold dots,
 * only these words behind the last dot are set apart. Immutable; reads anew at each call.
 */
public final class UsersFile {
  private final Path file;
  private final Set<String> factors;
  private final Dictionary dictionary;
  private final boolean ocservAsks;
  private final Clock clock;

  /**
   * @param file where it is, as problems shall name it
   * @param factors the names of the second factors that the server has, which a user's line may
   *     choose from
   */
  public UsersFile(Path file, Set<String> factors) {
    this(file, factors, Dictionary.shipped(), false, Clock.system(ZoneId.systemDefault()));
  }

  /**
   * @param dictionary what reply attributes there are
   * @param ocservAsks whether a client is ocserv, which takes no service but a framed one
   * @param clock in whose zone the days of valid-from and valid-until begin
   */
  public UsersFile(
      Path file, Set<String> factors, Dictionary dictionary, boolean ocservAsks, Clock clock) {
    this.clock = clock;
    this.file = file;
    this.factors = Set.copyOf(factors);
    this.dictionary = dictionary;
    this.ocservAsks = ocservAsks;
  }

  /** What came of reading the file. */
  public sealed interface Reading {

    /**
     * Every line was understood.
     *
     * @param warnings what an administrator should change but need not; may be empty
     */
    record Read(Users users, List<Problem> warnings) implements Reading {}

    /**
     * The file cannot be used.
     *
     * @param problems all that are in it, in the order of its lines; at least one
     */
    record Broken(List<Problem> problems) implements Reading {}
  }

  /** Reads the file as it now is. A file that cannot be read at all is {@link Reading.Broken}. */
  public Reading read() {
    try {
      return reading(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return broken("there is no such file", "Make it with `pushgate passwd USER`");
    } catch (AccessDeniedException e) {
      return broken(
          "the file may not be read by this user", "Give the user who runs the server that right");
    } catch (IOException e) {
      return broken(
          "the file cannot be read: " + UntrustedText.shown(String.valueOf(e.getMessage())),
          "Check that it is a file on a sound disk");
    }
  }

  /** The file as problems name it. */
  Path path() {
    return file;
  }

  Reading reading(byte[] octets) {
    if (startsWith(octets, 0xff, 0xfe) || startsWith(octets, 0xfe, 0xff)) {
      return broken("the file is in UTF-16", "Save it as UTF-8");
    }
    if (startsWith(octets, 0xef, 0xbb, 0xbf)) {
      return broken(
          "the file begins with a byte order mark", "Save it as UTF-8 without a byte order mark");
    }
    NavigableSet<Integer> undecodable = linesThatAreNotUtf8(octets);
    PropertiesText.Content content =
        new PropertiesText(file.toString(), new String(octets, StandardCharsets.UTF_8)).read();
    UserProblems found = new UserProblems(file.toString());
    ReplyDrafts replies = new ReplyDrafts(found, new ReplyAttributeReader(dictionary), ocservAsks);
    AccountDrafts drafts = new AccountDrafts(found, factors, replies, clock);
    drafts.add(
        undecodable.isEmpty()
            ? content.assignments()
            : content.assignments().stream().map(each -> withheld(each, undecodable)).toList());
    List<Account> accounts = drafts.accounts();

    List<Problem> problems = new ArrayList<>(content.problems());
    for (int line : undecodable) {
      problems.add(
          problem(line, "the line is not in UTF-8", "Save the file as UTF-8, perhaps with iconv"));
    }
    problems.addAll(found.problems());
    if (!problems.isEmpty()) {
      problems.sort(Problem.IN_READING_ORDER);
      return new Reading.Broken(List.copyOf(problems));
    }
    List<Problem> warnings = new ArrayList<>(found.warnings());
    if (accounts.isEmpty()) {
      warnings.add(problem(0, "the file names no users", "Add one with `pushgate passwd USER`"));
    }
    return new Reading.Read(Users.of(accounts, drafts.groupReplies()), List.copyOf(warnings));
  }

  /** Nothing follows from text that was not UTF-8, other than that its line is a problem. */
  private static Assignment withheld(Assignment assignment, NavigableSet<Integer> undecodable) {
    Integer line = undecodable.ceiling(assignment.line());
    if (line == null || line > assignment.lastLine()) {
      return assignment;
    }
    return assignment.key().indexOf('\ufffd') < 0
        ? assignment.withBrokenValue()
        : assignment.withBrokenKey();
  }

  private static NavigableSet<Integer> linesThatAreNotUtf8(byte[] octets) {
    NavigableSet<Integer> lines = new TreeSet<>();
    if (isUtf8(octets)) {
      return lines;
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    int line = 1;
    int start = 0;
    for (int i = 0; i <= octets.length; i++) {
      if (i == octets.length || octets[i] == '\n' || octets[i] == '\r') {
        CharBuffer decoded = CharBuffer.allocate(i - start);
        if (decoder
            .reset()
            .decode(ByteBuffer.wrap(octets, start, i - start), decoded, true)
            .isError()) {
          lines.add(line);
        }
        if (i + 1 < octets.length && octets[i] == '\r' && octets[i + 1] == '\n') {
          i++;
        }
        start = i + 1;
        line++;
      }
    }
    return lines;
  }

  private static boolean isUtf8(byte[] octets) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean startsWith(byte[] octets, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= octets.length || (octets[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private Reading broken(String what, String remedy) {
    return new Reading.Broken(List.of(problem(0, what, remedy)));
  }

  private Problem problem(int line, String what, String remedy) {
    return new Problem(file.toString(), line, null, what, remedy);
  }
}
