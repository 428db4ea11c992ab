package dev.pushgate.push.notifier.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.push.notifier.CredentialsException;
import dev.pushgate.push.standin.StandInAuthority;
import dev.pushgate.push.standin.StandInGoogle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FcmSettingsTest {
  private final Path folder;
  private final StandInGoogle google;

  FcmSettingsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.google = new StandInGoogle(new StandInAuthority());
  }

  @AfterAll
  void close() {
    google.close();
  }

  private CredentialsException refused(String content) throws IOException {
    return refused(Files.writeString(folder.resolve("firebase.json"), content));
  }

  private static CredentialsException refused(Path file) {
    CredentialsException refusal =
        catchThrowableOfType(CredentialsException.class, () -> FcmSettings.read(file));
    assertThat(refusal).isNotNull().hasMessageContaining(file.toString());
    assertThat(refusal.remedy()).isNotEmpty();
    assertThat(refusal.getCause()).isNull();
    return refusal;
  }

  @Test
  void fileOfTheConsole_isRead() throws Exception {
    FcmSettings settings = FcmSettings.read(google.writeServiceAccount(folder));
    assertThat(settings.projectId()).isEqualTo(StandInGoogle.PROJECT);
    assertThat(settings.clientEmail()).isEqualTo(StandInGoogle.ACCOUNT);
    assertThat(settings.privateKeyId()).isEqualTo(StandInGoogle.KEY_ID);
    assertThat(settings.privateKey().getAlgorithm()).isEqualTo("RSA");
    assertThat(settings.tokenUri()).isEqualTo(URI.create("https://oauth2.googleapis.com/token"));
  }

  @Test
  void text_hasNoSecret() throws Exception {
    FcmSettings settings = FcmSettings.read(google.writeServiceAccount(folder));
    assertThat(settings.toString())
        .isEqualTo("FcmSettings[project=demo-vpn, the rest is not shown]");
  }

  @Test
  void missingFile_isNamed() {
    assertThat(refused(folder.resolve("none.json"))).hasMessageContaining("there is no file");
  }

  @Test
  void emptyFile_isRefused() throws Exception {
    assertThat(refused("")).hasMessageContaining("is empty");
  }

  @Test
  void folderInsteadOfAFile_cannotBeRead() {
    assertThat(refused(folder)).hasMessageContaining("is not a file");
  }

  @Test
  void fileAbove64KiB_isRefused() throws Exception {
    ObjectNode padded = google.serviceAccount().put("padding", "x".repeat(65_536));
    assertThat(refused(padded.toString())).hasMessageContaining("is too large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "not JSON, with-a-secret",
        "[]",
        "null",
        "{\"type\": \"with-a-secret",
        "{\"type\": \"service_account\", \"type\": \"with-a-secret\"}",
        "{} with-a-secret"
      })
  void whatIsNoJsonObject_isRefusedWithoutShowingIt(String content) throws Exception {
    assertThat(refused(content))
        .hasMessageContaining("is not a JSON object")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"project_id", "client_email", "private_key_id", "private_key"})
  void missingMember_isNamed(String name) throws Exception {
    ObjectNode file = google.serviceAccount();
    file.remove(name);
    assertThat(refused(file.toString())).hasMessageEndingWith("has no " + name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          type            | authorized_user                       | not a service account file
          type            | ""                                    | not a service account file
          universe_domain | evil.test                             | universe_domain is not
          project_id      | ../../evil                            | project_id is not of its form
          project_id      | ""                                    | project_id is not of its form
          client_email    | nobody                                | client_email is not of its form
          private_key_id  | a b                                   | private_key_id is not of its form
          private_key     | AAAA                                  | not an RSA key
          token_uri       | http://oauth2.googleapis.com/token    | token_uri is not
          token_uri       | https://evil.test/token               | token_uri is not
          token_uri       | https://evilgoogleapis.com/token      | token_uri is not
          token_uri       | https://googleapis.com.evil.test/     | token_uri is not
          token_uri       | https://oauth2.googleapis.com@evil.test/ | token_uri is not
          token_uri       | https://evil.test#.googleapis.com     | token_uri is not
          token_uri       | https://oauth2.googleapis.com:8443/token | token_uri is not
          token_uri       | "::"                                  | token_uri is not
          token_uri       | ""                                    | token_uri is not
          """)
  void memberWithAnotherValue_isRefusedWithoutShowingIt(String name, String value, String expected)
      throws Exception {
    CredentialsException refusal = refused(google.serviceAccount().put(name, value).toString());
    assertThat(refusal).hasMessageContaining(expected);
    if (value.length() > 4) {
      assertThat(refusal).hasMessageNotContaining(value);
    }
  }

  @Test
  void privateKeyOfAnotherKind_isRefused() throws Exception {
    String ec = new StandInAuthority().identity("x.test").keyPem();
    assertThat(refused(google.serviceAccount().put("private_key", ec).toString()))
        .hasMessageContaining("not an RSA key");
  }

  @Test
  void brokenPrivateKey_isRefusedWithoutShowingIt() throws Exception {
    String key = google.serviceAccount().path("private_key").asText();
    List<String> broken =
        Stream.of(
                key.substring(0, 500), key.replace("MII", "MIJ"), key.replaceFirst("\n....", "\n"))
            .toList();
    for (String pem : broken) {
      assertThat(refused(google.serviceAccount().put("private_key", pem).toString()))
          .hasMessageContaining("not an RSA key")
          .hasMessageNotContaining(key.substring(60, 70));
    }
  }
}
