package dev.pushgate.radius.user;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pushgate.radius.Problem;
import dev.pushgate.radius.file.EditLock;
import dev.pushgate.radius.user.UsersFile.Reading;
import dev.pushgate.radius.user.UsersFileEditor.Edited;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersFileEditorTest {
  private static final Set<String> FACTORS = Set.of("push");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String OLD = "{NT}8846F7EAEE8FB117AD06BDD830B7586C";
  private static final StoredPassword NEW = stored("{CLEARTEXT} a=b\\c\t");
  private static final String WRITTEN = "{CLEARTEXT} a=b\\\\c\\t";

  // JUnit sets it before each test.
  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  static Stream<Arguments> edits() {
    return Stream.of(
        arguments("", "alice", "alice = " + WRITTEN + "\n"),
        arguments("# note", "alice", "# note\nalice = " + WRITTEN + "\n"),
        arguments("# note\\", "alice", "# note\\\nalice = " + WRITTEN + "\n"),
        arguments(
            "# n\r\nbob=" + OLD + "\r\n\r\n",
            "alice",
            "# n\r\nbob=" + OLD + "\r\n\r\nalice = " + WRITTEN + "\r\n"),
        arguments("bob=" + OLD + "\r", "alice", "bob=" + OLD + "\ralice = " + WRITTEN + "\r"),
        arguments(
            "bob=" + OLD + "\\\n  ", "alice", "bob=" + OLD + "\\\n  \nalice = " + WRITTEN + "\n"),
        arguments("alice=" + OLD, "alice", "alice=" + WRITTEN),
        arguments("alice=" + OLD, "ALICE", "alice=" + WRITTEN),
        arguments("alice =", "alice", "alice =" + WRITTEN),
        arguments(
            "\t alice\t:  {NT}8846F7EAEE8FB117\\\n\t AD06BDD830B7586C\n# end",
            "alice",
            "\t alice\t:  " + WRITTEN + "\n# end"),
        arguments(
            "alice = \\\n  " + OLD + "\r\nbob = " + OLD,
            "alice",
            "alice = " + WRITTEN + "\r\nbob = " + OLD),
        arguments("al\\\n  ice = " + OLD, "alice", "al\\\n  ice = " + WRITTEN),
        arguments("CORP\\\\al = " + OLD, "corp\\AL", "CORP\\\\al = " + WRITTEN),
        arguments("j\\u00fcrgen = " + OLD, "jürgen", "j\\u00fcrgen = " + WRITTEN),
        arguments("", "CORP\\a b=c:d#!", "CORP\\\\a\\ b\\=c\\:d#! = " + WRITTEN + "\n"),
        arguments("", "#1", "\\#1 = " + WRITTEN + "\n"),
        arguments("", "!", "\\! = " + WRITTEN + "\n"),
        arguments("# gr\u00fc\u00dfe", "jürgen", "# gr\u00fc\u00dfe\njürgen = " + WRITTEN + "\n"),
        arguments("alice.groups = vpn", "alice", "alice.groups = vpn\nalice = " + WRITTEN + "\n"),
        arguments("alice = hunter2", "alice", "alice = " + WRITTEN),
        arguments("alice = a\\bc", "alice", "alice = " + WRITTEN),
        arguments("alice = a\\", "alice", "alice = " + WRITTEN));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void edit_changesTheOneLineAndNothingElse(String before, String userName, String after)
      throws Exception {
    Path file = Files.writeString(folder.resolve("users.properties"), before);

    assertThat(editor(file).setPassword(userName, NEW)).isNotInstanceOf(Edited.Refused.class);

    assertThat(Files.readString(file)).isEqualTo(after);
    assertThat(users(file).find(userName))
        .map(account -> account.password().text())
        .contains(NEW.text());
  }

  @Test
  void edit_tellsWhoseLineChangedOrCame() throws Exception {
    Path file = Files.writeString(folder.resolve("users.properties"), "#\r\nAlice = " + OLD);

    assertThat(editor(file).setPassword("alice", NEW)).isEqualTo(new Edited.Changed("Alice", 2));
    assertThat(editor(file).setPassword("Bob", NEW)).isEqualTo(new Edited.Added("Bob", 3));
    assertThat(Files.readAllLines(file).get(2)).startsWith("Bob = ");
  }

  /** Files of random shape: each edit must be seen by the reader as exactly that edit. */
  @Test
  void edit_isSeenByTheReaderAsExactlyThatChange() throws Exception {
    Random random = new Random(20261124);
    Path file = folder.resolve("users.properties");
    for (int round = 0; round < 300; round++) {
      String text = randomFile(random);
      Files.writeString(file, text);
      List<Account> expected = new ArrayList<>(users(file).accounts());
      String userName = "user" + random.nextInt(12);

      Edited edited = editor(file).setPassword(userName, NEW);

      List<Account> seen = List.copyOf(users(file).accounts());
      if (edited instanceof Edited.Added) {
        expected.add(new Account(new User(userName, Set.of(), null), NEW, false));
        assertThat(Files.readString(file)).startsWith(text);
      }
      assertThat(seen).hasSameSizeAs(expected);
      for (int i = 0; i < seen.size(); i++) {
        boolean isEdited = seen.get(i).user().name().equals(userName);
        assertThat(seen.get(i).user()).isEqualTo(expected.get(i).user());
        assertThat(seen.get(i).disabled()).isEqualTo(expected.get(i).disabled());
        assertThat(seen.get(i).password().text())
            .isEqualTo(isEdited ? NEW.text() : expected.get(i).password().text());
      }
      assertThat(otherLines(Files.readString(file), userName))
          .isEqualTo(otherLines(text, userName));
    }
  }

  private static String randomFile(Random random) {
    String ending = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
    StringBuilder text = new StringBuilder();
    List<String> pieces = new ArrayList<>(List.of("# note", "", "  ! gr\u00fc\u00dfe \\", "\t"));
    for (int i = 0; i < 10; i++) {
      if (random.nextBoolean()) {
        String name = "user" + i;
        pieces.add(name + List.of("=", " = ", ":", "\t: ").get(random.nextInt(4)) + OLD);
        pieces.add(name + ".groups = a,\\" + ending + "  b" + i);
        pieces.add("  " + name + ".disabled=" + random.nextBoolean());
      }
    }
    Collections.shuffle(pieces, random);
    for (String piece : pieces) {
      text.append(piece).append(ending);
    }
    return random.nextBoolean() ? text.toString() : text.append("# the end").toString();
  }

  private static List<String> otherLines(String text, String userName) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("(?<=\n)|(?<=\r)(?!\n)", -1)) {
      if (!line.isEmpty() && !line.matches("(?s)" + userName + "\\s*[=:].*")) {
        // The last line gets an ending when another is written behind it.
        lines.add(
            line.equals("# the end") ? line : line.replaceFirst("^# the end\\s+", "# the end"));
      }
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bob = hunter2\nalice = {CLEARTEXT}x",
        "alice = {CLEARTEXT}x\nalice = {CLEARTEXT}y",
        "alice {CLEARTEXT}x",
        "bob = {CLEARTEXT}x\\\n",
        "\u00fc = {CLEARTEXT}x",
        "# \u00fc\nalice = {CLEARTEXT}x",
        "alice = {CLEARTEXT}\u00fc",
        "\u00ef\u00bb\u00bfalice = {CLEARTEXT}x",
        "\u00ff\u00fea",
      })
  void fileWithProblems_isRefusedWithThemAndStaysAsItIs(String latin1) throws Exception {
    Path file = Files.write(folder.resolve("users.properties"), latin1.getBytes(ISO_8859_1));

    Edited edited = editor(file).setPassword("alice", NEW);

    Reading.Broken broken = (Reading.Broken) new UsersFile(file, FACTORS).read();
    assertThat(edited).isEqualTo(new Edited.Refused(broken.problems()));
    assertThat(Files.readAllBytes(file)).isEqualTo(latin1.getBytes(ISO_8859_1));
    assertOnlyTheFileAndItsLock();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "alice.groups", "group.vpn.reply.Class", "a\u202eb", "a\nb", "\ud83d"})
  void nameThatNoUserCanHave_isRefused(String userName) throws Exception {
    Path file = Files.writeString(folder.resolve("users.properties"), "alice = " + OLD);

    assertThat(editor(file).setPassword(userName, NEW))
        .isInstanceOfSatisfying(
            Edited.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .extracting(Problem::remedy)
                    .containsExactly("Choose another name"));
    assertThat(Files.readString(file)).isEqualTo("alice = " + OLD);
  }

  @Test
  void missingFile_isMadeForItsOwnerAlone() throws Exception {
    Path file = folder.resolve("users.properties");

    assertThat(editor(file).setPassword("alice", NEW)).isEqualTo(new Edited.Added("alice", 1));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertOnlyTheFileAndItsLock();
  }

  @Test
  void mode_isKept() throws Exception {
    Path file = Files.writeString(folder.resolve("users.properties"), "alice = " + OLD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r----x"));

    assertThat(editor(file).setPassword("alice", NEW)).isInstanceOf(Edited.Changed.class);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r----x");
    assertOnlyTheFileAndItsLock();
  }

  @Test
  void ownerAndGroup_areKeptAlsoWhenRootEdits() throws Exception {
    assumeThat(System.getProperty("user.name"))
        .as("only root can give files away")
        .isEqualTo("root");
    Path file = Files.writeString(folder.resolve("users.properties"), "alice = " + OLD);
    Files.setAttribute(file, "unix:uid", 12345);
    Files.setAttribute(file, "unix:gid", 23456);

    assertThat(editor(file).setPassword("alice", NEW)).isInstanceOf(Edited.Changed.class);

    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12345);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(23456);
    assertThat(Files.getAttribute(folder.resolve(".users.properties.lock"), "unix:uid"))
        .isEqualTo(12345);
  }

  @Test
  void symbolicLink_staysAndItsTargetIsEdited() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path target = Files.writeString(elsewhere.resolve("people"), "alice = " + OLD);
    Path link = folder.resolve("users.properties");
    Files.createSymbolicLink(link, Path.of("middle"));
    Files.createSymbolicLink(folder.resolve("middle"), Path.of("elsewhere/people"));

    assertThat(editor(link).setPassword("alice", NEW)).isEqualTo(new Edited.Changed("alice", 1));

    assertThat(link).isSymbolicLink();
    assertThat(target).isRegularFile().hasContent("alice = " + WRITTEN);
  }

  @Test
  void linkToAFileStillToBeMade_makesIt() throws Exception {
    Path link = folder.resolve("users.properties");
    Files.createSymbolicLink(link, Path.of("people"));

    assertThat(editor(link).setPassword("alice", NEW)).isEqualTo(new Edited.Added("alice", 1));

    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("people")).isRegularFile();
  }

  @Test
  void linksInACircle_areAnError() throws Exception {
    Path link = folder.resolve("users.properties");
    Files.createSymbolicLink(link, link);

    assertThatThrownBy(() -> editor(link).setPassword("alice", NEW))
        .isInstanceOf(IOException.class);
  }

  @Test
  void fileThatAnotherEdits_isRefusedAfterAWhile() throws Exception {
    Path file = Files.writeString(folder.resolve("users.properties"), "alice = " + OLD);
    EditLock lock = EditLock.on(file, Duration.ZERO).orElseThrow();

    Edited edited =
        new UsersFileEditor(file, FACTORS, Duration.ofMillis(30)).setPassword("alice", NEW);
    lock.close();

    assertThat(edited)
        .isEqualTo(
            new Edited.Refused(
                List.of(
                    new Problem(
                        file.toString(),
                        0,
                        null,
                        "another command has been editing the file for 30 ms",
                        "Try again when it is done"))));
    assertThat(Files.readString(file)).isEqualTo("alice = " + OLD);
    assertThat(editor(file).setPassword("alice", NEW)).isInstanceOf(Edited.Changed.class);
  }

  @Test
  void fileThatAnotherProcessEdits_isRefusedAfterAWhile() throws Exception {
    Path file = Files.writeString(folder.resolve("users.properties"), "alice = " + OLD);
    Path lock = Files.createFile(folder.resolve(".users.properties.lock"));
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                lock.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("locked");
      assertThat(
              new UsersFileEditor(file, FACTORS, Duration.ofMillis(30)).setPassword("alice", NEW))
          .isInstanceOf(Edited.Refused.class);
    } finally {
      other.getOutputStream().close();
    }
    assertThat(other.waitFor()).isZero();

    assertThat(editor(file).setPassword("alice", NEW)).isInstanceOf(Edited.Changed.class);
  }

  @Test
  void editsAtTheSameTime_areAllKept() throws Exception {
    Path file = folder.resolve("users.properties");
    UsersFileEditor editor = editor(file);
    List<Future<Edited>> edits = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        String userName = "user" + i;
        edits.add(threads.submit(() -> editor.setPassword(userName, NEW)));
      }
    }

    for (Future<Edited> edit : edits) {
      assertThat(edit.get()).isInstanceOf(Edited.Added.class);
    }
    assertThat(users(file).accounts()).hasSize(20);
  }

  @Test
  void missingFolder_isAnError() {
    Path file = folder.resolve("missing").resolve("users.properties");

    assertThatThrownBy(() -> editor(file).setPassword("alice", NEW))
        .isInstanceOf(IOException.class);
  }

  private void assertOnlyTheFileAndItsLock() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("users.properties", ".users.properties.lock");
    }
  }

  static Stream<Arguments> editsOfUsers() {
    String dora = "dora = " + OLD + "\r\n  dora.groups = a, \\\r\n   b\r\n";
    String others = "# Dora\r\nbob = " + OLD + "\r\n\r\n! end";
    return Stream.of(
        arguments("remove", dora + others, others),
        arguments("remove", others + "\r\n" + dora, others + "\r\n"),
        arguments("remove", others + "\r\nDORA=" + OLD, others + "\r\n"),
        arguments(
            "remove",
            "group.dora.reply.Filter-Id = x\nbob = %s\nbob.groups = dora\ndo\\\n ra = %s\n"
                .formatted(OLD, OLD),
            "group.dora.reply.Filter-Id = x\nbob = %s\nbob.groups = dora\n".formatted(OLD)),
        arguments(
            "remove",
            "dora = %s\ndora.reply.Tunnel-Type:1 = VLAN\ndora.x = %s\n".formatted(OLD, OLD),
            "dora.x = %s\n".formatted(OLD)),
        arguments(
            "disable",
            "dora = " + OLD + "\n# x\n",
            "dora = " + OLD + "\ndora.disabled = true\n# x\n"),
        arguments("disable", "Dora = " + OLD, "Dora = " + OLD + "\nDora.disabled = true"),
        arguments(
            "disable",
            "dora = " + OLD + "\r# x\rDora.disabled=false",
            "dora = " + OLD + "\r# x\rDora.disabled=true"),
        arguments(
            "enable",
            "dora = " + OLD + "\ndora.disabled : true\n",
            "dora = " + OLD + "\ndora.disabled : false\n"));
  }

  @ParameterizedTest
  @MethodSource("editsOfUsers")
  void editOfAUser_changesTheLinesOfThatUserAndNothingElse(String what, String before, String after)
      throws Exception {
    Path file = Files.writeString(folder.resolve("users.properties"), before);
    UsersFileEditor editor = editor(file);

    Edited edited =
        switch (what) {
          case "remove" -> editor.remove("Dora");
          case "disable" -> editor.setDisabled("dora", true);
          default -> editor.setDisabled("dora", false);
        };

    assertThat(edited).isNotInstanceOf(Edited.Refused.class);
    assertThat(Files.readString(file)).isEqualTo(after);
  }

  @Test
  void addedUser_comesLastWithAllProperties() throws Exception {
    Path file = Files.writeString(folder.resolve("users.properties"), "# n\r\nbob = " + OLD);
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("groups", "vpn, staff");
    properties.put("valid-until", "2027-01-31");

    assertThat(editor(file).add("CORP\\al", NEW, properties))
        .isEqualTo(new Edited.Added("CORP\\al", 3));

    assertThat(Files.readString(file))
        .isEqualTo(
            "# n\r\nbob = "
                + OLD
                + "\r\nCORP\\\\al = "
                + WRITTEN
                + "\r\nCORP\\\\al.groups = vpn, staff\r\nCORP\\\\al.valid-until = 2027-01-31\r\n");
  }

  @Test
  void editThatCannotBe_isRefusedAndLeavesTheFileAsItIs() throws Exception {
    String text = "bob = " + OLD + "\n";
    Path file = Files.writeString(folder.resolve("users.properties"), text);
    UsersFileEditor editor = editor(file);

    assertThat(problems(editor.add("BOB", NEW, Map.of())))
        .endsWith(
            "users.properties:1: BOB: there is such a user already. Set the password with `pushgate"
                + " passwd BOB`, or remove the user first.");
    assertThat(problems(editor.add("eve", NEW, Map.of("factor", "sms"))))
        .endsWith(
            "users.properties:3: eve.factor: 'sms' is not a second factor of this server. Write one"
                + " of: push.");
    assertThat(problems(editor.remove("eve")))
        .endsWith(
            "users.properties: eve: there is no such user. See who there is with `pushgate users"
                + " list`.");
    assertThat(problems(editor.setDisabled("eve", true))).contains("there is no such user");
    assertThat(editor.setDisabled("bob", false)).isEqualTo(new Edited.Unchanged("bob"));
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  private static String problems(Edited edited) {
    assertThat(edited).isInstanceOf(Edited.Refused.class);
    return ((Edited.Refused) edited).problems().getFirst().toString();
  }

  private static UsersFileEditor editor(Path file) {
    return new UsersFileEditor(file, FACTORS, PATIENCE);
  }

  private static Users users(Path file) {
    Reading reading = new UsersFile(file, FACTORS).read();
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).users();
  }

  private static StoredPassword stored(String text) {
    return ((StoredPassword.Parsed.Stored) StoredPassword.parse(text)).password();
  }
}
