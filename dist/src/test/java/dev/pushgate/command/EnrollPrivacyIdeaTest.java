package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pushgate enroll --app privacyidea}. */
class EnrollPrivacyIdeaTest {
  private CommandFolder folder;

  @BeforeEach
  void makeFolder(@TempDir Path path) throws Exception {
    folder = CommandFolder.in(path);
  }

  private void enable(String more) throws Exception {
    String before = Files.readString(folder.file("pushgate.conf"));
    folder.write("pushgate.conf", before + "push.privacyidea = enable\n" + more);
  }

  @Test
  void enroll_forTheApp_printsItsLinkOnALineOfItsOwn() throws Exception {
    enable("");
    assertThat(folder.run("enroll", "alice", "--app", "privacyidea", "--no-qr").done().out())
        .singleElement()
        .asString()
        .matches(
            "otpauth://pipush/alice\\?url=https%3A%2F%2F127\\.0\\.0\\.1%3A[0-9]+%2Fprivacyidea"
                + "&ttl=1440&issuer=Test%20VPN&enrollment_credential=[A-Z2-7]{26}&v=1"
                + "&serial=PIPU[A-Z2-7]{26}&sslverify=1&poll_only=True");
    assertThat(
            folder
                .run("enroll", "alice", "--app", "privacyidea", "--no-qr", "--pin")
                .done()
                .out()
                .getFirst())
        .endsWith("&poll_only=True&pin=True");
  }

  @Test
  void enroll_whileDisabled_isRefusedWithTheRemedy() throws Exception {
    PushgateProcess.Result refused = folder.run("enroll", "alice", "--app", "privacyidea");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).asString().contains("set push.privacyidea = enable");
  }

  @Test
  void check_withTooShortAnExpiry_warns() throws Exception {
    enable("push.expiry = 30s\n");
    assertThat(folder.run("check").done().out())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("warning:", "push.expiry", "privacyIDEA Authenticator", "60s"));
  }
}
