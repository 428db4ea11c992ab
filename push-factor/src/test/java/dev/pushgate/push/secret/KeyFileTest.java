package dev.pushgate.push.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.US_ASCII);

  private final SecureRandom random = new SecureRandom();
  private final Path path;
  private final KeyFile file;

  KeyFileTest(@TempDir Path folder) {
    path = folder.resolve(KeyFile.NAME);
    file = new KeyFile(path, random);
  }

  private void write(String text) throws IOException {
    Files.writeString(path, text, StandardCharsets.ISO_8859_1);
    setMode("rw-------");
  }

  private void setMode(String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private KeyRing keys() {
    assertThat(file.read()).isInstanceOf(KeyFile.Reading.Read.class);
    return ((KeyFile.Reading.Read) file.read()).keys();
  }

  private List<String> problems() {
    return file.read() instanceof KeyFile.Reading.Broken(List<Problem> problems)
        ? problems.stream().map(Problem::toString).toList()
        : List.of();
  }

  @Test
  void create_makesAFileOfOneKeyForItsOwnerAlone() throws Exception {
    assertThat(file.read()).isEqualTo(new KeyFile.Reading.Missing());
    assertThat(file.create(null)).isTrue();

    assertThat(keys().names()).hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");

    List<String> lines = Files.readAllLines(path);
    assertThat(file.create(null)).as("a second time").isFalse();
    assertThat(Files.readAllLines(path)).isEqualTo(lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
  void fileThatOthersGetAt_isNotUsed(String mode) throws Exception {
    assertThat(file.create(null)).isTrue();
    setMode(mode);

    assertThat(problems())
        .containsExactly(
            path
                + ": users other than its owner can get at the keys ("
                + mode
                + "). Run chmod 600 "
                + path
                + ".");
  }

  @Test
  void fileThatItsOwnerMayOnlyRead_isUsed() throws Exception {
    assertThat(file.create(null)).isTrue();
    setMode("r--------");

    assertThat(keys().names()).hasSize(1);
  }

  @Test
  void problems_nameLinesAndShowNoKeys() throws Exception {
    String key = KeyRing.newLine(random);
    write("# keys\n\n" + key + "\n" + key.substring(1) + "\n  " + key + "\r\n# end");

    assertThat(problems())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(path + ":4: the line is neither a key nor a"),
            line ->
                assertThat(line)
                    .startsWith(
                        path + ":5: key " + key.substring(0, 8) + " is in line 3 as well. "))
        .noneMatch(line -> line.contains(key.substring(20)));
  }

  @Test
  void fileWithoutAKey_saysSo() throws Exception {
    write("# nothing yet\n");

    assertThat(problems()).singleElement().asString().contains("there is no key in the file");
  }

  @Test
  void fileTooLarge_isRefused() throws Exception {
    write("#".repeat(70_000));

    assertThat(problems()).singleElement().asString().contains("too large");
  }

  @Test
  void folderInItsPlace_isRefused() throws Exception {
    Files.createDirectory(path);

    assertThat(problems()).singleElement().asString().contains("this is not a file");
  }

  @Test
  void addedKey_comesFirstAndTheRestStaysAsItIs() throws Exception {
    String older = KeyRing.newLine(random);
    write("# gr\u00fc\u00dfe\n" + older + "\n# end");
    String encrypted = keys().encrypt(SECRET, "here");

    String added = file.addKey();

    assertThat(keys().names()).containsExactly(added, older.substring(0, 8));
    assertThat(keys().decrypt(encrypted, "here")).isEqualTo(SECRET);
    assertThat(Files.readAllLines(path, StandardCharsets.ISO_8859_1))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("# gr\u00fc\u00dfe"),
            line -> assertThat(line).startsWith(added + " "),
            line -> assertThat(line).isEqualTo(older),
            line -> assertThat(line).isEqualTo("# end"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void unneededKeys_areOverwrittenWhereTheyStand_butNeverTheNewest() throws Exception {
    List<String> keys =
        List.of(KeyRing.newLine(random), KeyRing.newLine(random), KeyRing.newLine(random));
    write("# gr\u00fc\u00dfe\n" + String.join("\n", keys));
    long length = Files.size(path);
    Object inode = Files.getAttribute(path, "unix:ino");

    assertThat(file.removeAllBut(Set.of(name(keys.get(1))))).containsExactly(name(keys.get(2)));

    assertThat(keys().names()).containsExactly(name(keys.get(0)), name(keys.get(1)));
    assertThat(Files.readAllLines(path, StandardCharsets.ISO_8859_1).get(3).strip())
        .isEqualTo("# " + name(keys.get(2)) + " was removed: nothing needed it");
    assertThat(Files.readString(path, StandardCharsets.ISO_8859_1))
        .doesNotContain(keys.get(2).substring(9))
        .startsWith("# gr\u00fc\u00dfe\n" + keys.get(0) + "\n" + keys.get(1) + "\n");
    assertThat(Files.size(path)).isEqualTo(length);
    assertThat(Files.getAttribute(path, "unix:ino")).isEqualTo(inode);
    assertThat(file.removeAllBut(Set.of())).containsExactly(name(keys.get(1)));
    assertThat(file.removeAllBut(Set.of())).isEmpty();
  }

  private static String name(String key) {
    return key.substring(0, 8);
  }
}
