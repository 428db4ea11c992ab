package dev.pushgate.push.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.pushgate.push.TestClock;
import dev.pushgate.push.secret.FileKeys;
import dev.pushgate.push.secret.KeyFile;
import dev.pushgate.push.secret.KeyRing;
import dev.pushgate.push.secret.SecretUnreadableException;
import dev.pushgate.push.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rotation by a command, with its own store and its own look at the file, beside a server. */
class StoredSecretsTest {
  private final TestClock clock = new TestClock();
  private final SecureRandom random = new SecureRandom();
  private final KeyFile file;
  private final SqliteStore ofServer;
  private final SqliteStore ofCommand;
  private final OneTimeCodes server;
  private final OneTimeCodes command;
  private final StoredSecrets secrets;

  StoredSecretsTest(@TempDir Path folder) throws InterruptedException {
    file = new KeyFile(folder.resolve(KeyFile.NAME), random);
    ofServer = SqliteStore.open(folder);
    ofCommand = SqliteStore.open(folder);
    server = new OneTimeCodes(ofServer, new FileKeys(file), clock, random);
    command = new OneTimeCodes(ofCommand, new FileKeys(file), clock, random);
    secrets = new StoredSecrets(ofCommand, new FileKeys(file));
  }

  @BeforeEach
  void makeKey() throws IOException {
    assertThat(file.create(null)).isTrue();
  }

  @AfterEach
  void close() {
    ofServer.close();
    ofCommand.close();
  }

  private List<String> encrypted() throws InterruptedException {
    return ofServer.read(
        handle ->
            handle
                .createQuery("select secret from code_generator order by user_name")
                .mapTo(String.class)
                .list());
  }

  /** The code of an app, whose secret is read with the keys of the file as it is. */
  private String codeOf(String user) throws Exception {
    CodeApp app = server.ofUser(user).getFirst();
    String secret =
        ofServer.<String>read(
            handle ->
                handle
                    .createQuery("select secret from code_generator where id = :id")
                    .bind("id", app.id())
                    .mapTo(String.class)
                    .one());
    KeyRing ring = ((KeyFile.Reading.Read) file.read()).keys();
    return new TimeBasedOneTimePasswordGenerator(Duration.ofSeconds(30))
        .generateOneTimePasswordString(
            new SecretKeySpec(ring.decrypt(secret, OneTimeCodes.place(app.id())), "HmacSHA1"),
            clock.instant());
  }

  @Test
  void rotation_isFollowedByARunningServer() throws Exception {
    server.enrol("alice", "Test VPN", TotpSettings.USUAL);
    server.enrol("bob", "Test VPN", TotpSettings.USUAL);
    assertThat(server.check("alice", codeOf("alice"))).isEqualTo(new CodeCheck.Right());

    String added = file.addKey();
    assertThat(secrets.encryptAnew()).isEqualTo(2);
    assertThat(encrypted()).hasSize(2).allMatch(text -> KeyRing.keyOf(text).equals(added));
    assertThat(secrets.encryptAnew()).as("a second time").isZero();
    clock.advance(Duration.ofSeconds(30));
    assertThat(server.check("alice", codeOf("alice"))).isEqualTo(new CodeCheck.Right());

    assertThat(secrets.removeUnneededKeys(file)).hasSize(1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(server.check("bob", codeOf("bob"))).isEqualTo(new CodeCheck.Right());
  }

  @Test
  void serverOfBeforeTheRotation_encryptsWithTheNewKey() throws Exception {
    server.enrol("alice", "Test VPN", TotpSettings.USUAL);
    String added = file.addKey();

    server.enrol("bob", "Test VPN", TotpSettings.USUAL);

    assertThat(encrypted()).element(1).matches(text -> KeyRing.keyOf(text).equals(added));
  }

  @Test
  void keyThatASecretNeeds_staysInTheFile() throws Exception {
    command.enrol("alice", "Test VPN", TotpSettings.USUAL);
    String needed = KeyRing.keyOf(encrypted().getFirst());
    String unneeded = file.addKey();
    String newest = file.addKey();

    assertThat(secrets.removeUnneededKeys(file)).containsExactly(unneeded);
    assertThat(((KeyFile.Reading.Read) file.read()).keys().names()).containsExactly(newest, needed);
    assertThat(server.check("alice", codeOf("alice"))).isEqualTo(new CodeCheck.Right());
  }

  @Test
  void secretThatCannotBeRead_leavesAllAsTheyWere() throws Exception {
    command.enrol("alice", "Test VPN", TotpSettings.USUAL);
    ofCommand.write(
        handle ->
            handle.execute(
                "insert into code_generator select 'zz', 'zoe', secret, algorithm, digits,"
                    + " step_seconds, drift, last_step, enrolled_at from code_generator"));
    List<String> before = encrypted();
    file.addKey();

    assertThatThrownBy(secrets::encryptAnew)
        .rootCause()
        .isInstanceOf(SecretUnreadableException.class);
    assertThat(encrypted()).isEqualTo(before);
  }

  @Test
  void fileThatCannotBeChanged_isToldAsSuch() throws Exception {
    Files.delete(file.path());

    assertThatThrownBy(() -> secrets.removeUnneededKeys(file)).isInstanceOf(IOException.class);
  }
}
