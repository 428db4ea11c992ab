package dev.pushgate.push.notifier.apns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pushgate.push.notifier.CredentialsException;
import dev.pushgate.push.standin.StandInAuthority;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApnsCredentialsTest {
  private static final String KEY_ID = "ABC123DEFG";
  private static final String TEAM_ID = "TEAM123456";
  private static final String PASSWORD = "p12-password";

  private final StandInAuthority.Identity identity = new StandInAuthority().identity("Apple Push");
  private final Path file;

  ApnsCredentialsTest(@TempDir Path folder) {
    this.file = folder.resolve("credentials");
  }

  private void isRefused(ThrowingCallable reading, String what, String remedy) {
    CredentialsException refusal = catchThrowableOfType(CredentialsException.class, reading);
    assertThat(refusal).hasMessage(what.replace("FILE", file.toString())).hasNoCause();
    assertThat(refusal.remedy()).contains(remedy);
  }

  private ApnsCredentials tokenKey() throws CredentialsException {
    return ApnsCredentials.tokenKey(file, KEY_ID, TEAM_ID);
  }

  private ApnsCredentials certificate(String password, Instant now) throws CredentialsException {
    return ApnsCredentials.certificate(file, password.toCharArray(), now);
  }

  private static String pem(String algorithm, int size) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return pem(generator.generateKeyPair().getPrivate().getEncoded());
  }

  private static String pem(byte[] octets) {
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----"
        .formatted(Base64.getMimeEncoder().encodeToString(octets));
  }

  private void writeP12(int entries) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    X509Certificate[] chain = {identity.chain().getFirst()};
    Key key = identity.keys().getPrivate();
    for (int i = 0; i < entries; i++) {
      store.setKeyEntry("entry-" + i, key, PASSWORD.toCharArray(), chain);
    }
    store.setCertificateEntry("authority", identity.chain().getLast());
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  @Test
  void tokenKey_isRead() throws Exception {
    Files.writeString(file, identity.keyPem());
    assertThat(tokenKey())
        .isInstanceOfSatisfying(
            ApnsCredentials.TokenKey.class,
            read -> {
              assertThat(read.key().getKeyId()).isEqualTo(KEY_ID);
              assertThat(read.key().getTeamId()).isEqualTo(TEAM_ID);
              assertThat(read.key().getEncoded())
                  .isEqualTo(identity.keys().getPrivate().getEncoded());
            });
  }

  @Test
  void certificate_isRead() throws Exception {
    writeP12(1);
    assertThat(certificate(PASSWORD, Instant.now()))
        .isEqualTo(
            new ApnsCredentials.Certificate(
                identity.chain().getFirst(), identity.keys().getPrivate()));
  }

  @Test
  void texts_showNoCredentials() throws Exception {
    Files.writeString(file, identity.keyPem());
    ApnsCredentials key = tokenKey();
    writeP12(1);
    ApnsCredentials certificate = certificate(PASSWORD, Instant.now());
    assertThat(key).hasToString("TokenKey[not shown]");
    assertThat(certificate).hasToString("Certificate[not shown]");
    assertThat(
            new ApnsSettings(key, "com.example.app", ApnsSettings.Environment.SANDBOX).toString())
        .doesNotContain(KEY_ID);
  }

  @ParameterizedTest
  @CsvSource({
    "abc123defg, TEAM123456, key",
    "ABC123DEF, TEAM123456, key",
    "ABC123DEFG1, TEAM123456, key",
    "'', TEAM123456, key",
    "ABC123DEFG, TEAM-12345, team",
    "ABC123DEFG, 'TEAM12345\n', team",
  })
  void identifierThatCannotBeOne_isRefused(String keyId, String teamId, String kind)
      throws Exception {
    Files.writeString(file, identity.keyPem());
    isRefused(
        () -> ApnsCredentials.tokenKey(file, keyId, teamId),
        "a " + kind + " id has 10 capital letters and digits",
        "Copy the");
  }

  @Test
  void missingFile_isTold() {
    isRefused(this::tokenKey, "there is no file FILE", "Put");
    isRefused(() -> certificate(PASSWORD, Instant.now()), "there is no file FILE", "Put");
  }

  @Test
  void folder_isTold() throws Exception {
    Files.createDirectory(file);
    isRefused(this::tokenKey, "FILE is not a file", "Name");
    isRefused(() -> certificate(PASSWORD, Instant.now()), "FILE is not a file", "Name");
  }

  @Test
  void emptyAndHugeFiles_areTold() throws Exception {
    Files.createFile(file);
    isRefused(this::tokenKey, "FILE is empty", "Put");
    Files.write(file, new byte[70_000]);
    isRefused(this::tokenKey, "FILE is too large", "Name");
    isRefused(() -> certificate(PASSWORD, Instant.now()), "FILE is too large", "Name");
  }

  @Test
  void textThatIsNoPem_isTold() throws Exception {
    String what = "FILE has no private key as PEM in it (BEGIN PRIVATE KEY)";
    Files.writeString(file, "no key");
    isRefused(this::tokenKey, what, "AuthKey_");
    Files.writeString(file, identity.chainPem());
    isRefused(this::tokenKey, what, "AuthKey_");
    String key = identity.keyPem();
    Files.writeString(file, key.substring(0, key.length() - 40));
    isRefused(this::tokenKey, what, "AuthKey_");
  }

  @Test
  void keyOfAnotherKind_isTold() throws Exception {
    String what = "the private key in FILE is not one on the curve P-256";
    for (String text :
        new String[] {pem("RSA", 2048), pem("EC", 384), pem(new byte[64]), pem(new byte[0])}) {
      Files.writeString(file, text);
      isRefused(this::tokenKey, what, "AuthKey_");
    }
  }

  @Test
  void wrongPassword_isTold() throws Exception {
    writeP12(1);
    isRefused(
        () -> certificate("not it", Instant.now()),
        "FILE cannot be opened with this password",
        "password file");
    isRefused(
        () -> certificate("", Instant.now()),
        "FILE cannot be opened with this password",
        "password file");
  }

  @Test
  void fileThatIsNoPkcs12_isTold() throws Exception {
    Files.writeString(file, identity.keyPem() + identity.chainPem());
    isRefused(
        () -> certificate(PASSWORD, Instant.now()), "FILE is not in the form of PKCS#12", ".p12");
  }

  @Test
  void noKeyOrSeveral_areTold() throws Exception {
    writeP12(0);
    isRefused(
        () -> certificate(PASSWORD, Instant.now()),
        "FILE has no certificate with its private key in it",
        ".p12");
    writeP12(2);
    isRefused(
        () -> certificate(PASSWORD, Instant.now()),
        "FILE has more than one certificate with a key in it",
        "alone");
  }

  @Test
  void certificateOutOfItsTime_isTold() throws Exception {
    writeP12(1);
    X509Certificate certificate = identity.chain().getFirst();
    Instant end = certificate.getNotAfter().toInstant();
    Instant start = certificate.getNotBefore().toInstant();
    isRefused(
        () -> certificate(PASSWORD, end.plusSeconds(1)),
        "the certificate in FILE has expired at " + end,
        "Make a new one");
    isRefused(
        () -> certificate(PASSWORD, start.minus(Duration.ofDays(1))),
        "the certificate in FILE is not valid before " + start,
        "clock");
  }
}
