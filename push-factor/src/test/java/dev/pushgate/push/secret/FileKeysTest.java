package dev.pushgate.push.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.push.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeysTest {
  private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.US_ASCII);

  private final KeyFile file;
  private final FileKeys keys;

  FileKeysTest(@TempDir Path folder) {
    file = new KeyFile(folder.resolve(KeyFile.NAME), new SecureRandom());
    keys = new FileKeys(file);
  }

  @Test
  void withoutAFile_theCommandIsNamedThatMakesOne() {
    assertThat(keys.current()).isEmpty();
    assertThat(keys.fingerprint("remembered alice", SECRET)).isEmpty();
    assertThatThrownBy(() -> keys.encrypt(SECRET, "here"))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessage("there is no key file; make one with: pushgate key");
    assertThatThrownBy(() -> keys.decrypt("AAAAAAAA:AAAA", "here"))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessage("there is no key file; make one with: pushgate key");
  }

  @Test
  void fileThatComes_isSeen() throws Exception {
    assertThat(keys.current()).isEmpty();
    assertThat(file.create(null)).isTrue();

    assertThat(keys.decrypt(keys.encrypt(SECRET, "here"), "here")).isEqualTo(SECRET);
  }

  @Test
  void keyThatAnotherProcessAdds_isSeen() throws Exception {
    assertThat(file.create(null)).isTrue();
    String before = keys.encrypt(SECRET, "here");
    String fingerprint = keys.fingerprint("remembered alice", SECRET).orElseThrow();

    String added = file.addKey();
    String after = ((KeyFile.Reading.Read) file.read()).keys().encrypt(SECRET, "here");

    assertThat(keys.decrypt(after, "here")).isEqualTo(SECRET);
    assertThat(keys.decrypt(before, "here")).isEqualTo(SECRET);
    assertThat(KeyRing.keyOf(keys.encrypt(SECRET, "here"))).isEqualTo(added);
    assertThat(keys.fingerprint("remembered alice", SECRET).orElseThrow())
        .isNotEqualTo(fingerprint);
    assertThat(file.removeAllBut(Set.of())).hasSize(1);
    assertThat(keys.reread()).isPresent();
    assertThatThrownBy(() -> keys.decrypt(before, "here"))
        .hasMessage("a secret in the store needs a key that is not in the key file");
  }

  @Test
  void brokenOrMissingFile_leavesTheLastGoodKeysInForceAndIsToldOnce() throws Exception {
    assertThat(file.create(null)).isTrue();
    String encrypted = keys.encrypt(SECRET, "here");
    try (CapturedLog log = new CapturedLog()) {
      Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(keys.reread()).isPresent();
      assertThat(keys.reread()).isPresent();
      assertThat(keys.decrypt(encrypted, "here")).isEqualTo(SECRET);
      Files.delete(file.path());
      assertThat(keys.decrypt(encrypted, "here")).isEqualTo(SECRET);
      assertThat(keys.decrypt(encrypted, "here")).isEqualTo(SECRET);

      assertThat(log.lines())
          .satisfiesExactly(
              line -> assertThat(line).contains("can get at the keys (rw-r--r--)"),
              line -> assertThat(line).contains("the key file has gone"));
    }
  }
}
