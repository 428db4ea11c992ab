package dev.pushgate.callback.certificate;

import static dev.pushgate.callback.certificate.TestAuthority.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates as administrators put them there, right and wrong. */
final class ServerCertificateTest {
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(90));

  private final Path crt;
  private final Path key;
  private final TestAuthority root = TestAuthority.root();
  private final TestAuthority intermediate = root.intermediate();
  private final KeyPair keys = TestAuthority.keys("EC", 256);

  ServerCertificateTest(@TempDir Path folder) throws Exception {
    crt = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
  }

  private X509Certificate server(Instant from, Instant until) throws Exception {
    return intermediate.server(keys, from, until, "push.example.org", "*.vpn.example.org");
  }

  private static String pem(Object... parts) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(Pem.write(part));
    }
    return text.toString();
  }

  private static String sec1(ECPrivateKey key) throws IOException {
    return pem(
        new PemObject(
            "EC PRIVATE KEY",
            new org.bouncycastle.asn1.sec.ECPrivateKey(
                    256, key.getS(), new X962Parameters(X9ObjectIdentifiers.prime256v1))
                .getEncoded()));
  }

  private static String pkcs1(PrivateKey key) throws IOException {
    return pem(
        new PemObject(
            "RSA PRIVATE KEY",
            PrivateKeyInfo.getInstance(key.getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded()));
  }

  private void writeGoodFiles() throws Exception {
    Files.writeString(crt, pem(server(NOW, UNTIL), intermediate.certificate()));
    Files.writeString(key, pem(keys.getPrivate()));
  }

  private CertificateReading read(String base) {
    return ServerCertificate.read(crt, key, URI.create(base), () -> NOW);
  }

  private List<Problem> problems() {
    return read("https://push.example.org:4433")
            instanceof CertificateReading.Unusable(var problems)
        ? problems
        : List.of();
  }

  private void assertProblem(Path file, String what) {
    assertThat(problems()).hasSize(1);
    assertThat(problems().getFirst().file()).isEqualTo(file.toString());
    assertThat(problems().getFirst().line()).isZero();
    assertThat(problems().getFirst().what()).contains(what);
    assertThat(problems().getFirst().remedy()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PKCS#8 EC", "SEC1 EC", "SEC1 EC with parameters", "PKCS#8 RSA", "PKCS#1 RSA"})
  void key_isReadInEachForm(String form) throws Exception {
    KeyPair pair = form.endsWith("RSA") ? TestAuthority.keys("RSA", 2048) : keys;
    X509Certificate server = root.server(pair, NOW, UNTIL, "push.example.org");
    Files.writeString(crt, pem(server));
    String text =
        switch (form) {
          case "SEC1 EC" -> sec1((ECPrivateKey) pair.getPrivate());
          case "SEC1 EC with parameters" ->
              "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                  + sec1((ECPrivateKey) pair.getPrivate());
          case "PKCS#1 RSA" -> pkcs1(pair.getPrivate());
          default -> pem(pair.getPrivate());
        };
    Files.writeString(key, text);

    assertThat(read("https://push.example.org"))
        .isInstanceOfSatisfying(
            CertificateReading.Usable.class,
            usable -> {
              assertThat(usable.warnings()).isEmpty();
              assertThat(usable.certificate().chain()).containsExactly(server);
              assertThat(usable.certificate().sslContext()).isNotNull();
            });
  }

  @Test
  void chainAndKey_mayStandInOneFile() throws Exception {
    String all = pem(keys.getPrivate(), server(NOW, UNTIL), intermediate.certificate());
    Files.writeString(crt, all);
    Files.writeString(key, all);

    assertThat(read("https://push.example.org")).isInstanceOf(CertificateReading.Usable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://push.example.org:4433, true",
    "https://PUSH.example.org, true",
    "https://hq.vpn.example.org/pushgate, true",
    "https://vpn.example.org, false",
    "https://a.b.vpn.example.org, false",
    "https://192.0.2.1:4433, false",
    "https://[2001:db8::1]:4433, false",
  })
  void hostThatTheCertificateDoesNotStandFor_isWarnedOf(String base, boolean stands)
      throws Exception {
    writeGoodFiles();

    assertThat(read(base))
        .isInstanceOfSatisfying(
            CertificateReading.Usable.class,
            usable -> assertThat(usable.warnings()).hasSize(stands ? 0 : 1));
  }

  @ParameterizedTest
  @CsvSource({"13, 1", "15, 0"})
  void certificateThatEndsSoon_isWarnedOf(int days, int warnings) throws Exception {
    writeGoodFiles();
    Files.writeString(
        crt, pem(server(NOW, NOW.plus(Duration.ofDays(days))), intermediate.certificate()));

    assertThat(read("https://push.example.org"))
        .isInstanceOfSatisfying(
            CertificateReading.Usable.class,
            usable -> assertThat(usable.warnings()).hasSize(warnings));
  }

  @Test
  void missingFiles_areBothTold() {
    assertThat(problems())
        .extracting(Problem::file)
        .containsExactly(crt.toString(), key.toString());
    assertThat(problems()).allMatch(problem -> problem.what().contains("does not exist"));
  }

  @Test
  void fileWithoutCertificate_isTold() throws Exception {
    writeGoodFiles();
    Files.writeString(crt, pem(keys.getPrivate()));

    assertProblem(crt, "no certificate");
  }

  @Test
  void fileWithoutKey_isTold() throws Exception {
    writeGoodFiles();
    Files.writeString(key, pem(intermediate.certificate()));

    assertProblem(key, "no private key");
  }

  @Test
  void brokenPem_isTold() throws Exception {
    writeGoodFiles();
    Files.writeString(crt, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

    assertProblem(crt, "cannot be read as PEM");
  }

  @Test
  void foreignKey_isTold() throws Exception {
    writeGoodFiles();
    Files.writeString(key, pem(TestAuthority.keys("EC", 256).getPrivate()));

    assertProblem(key, "does not belong");
  }

  @Test
  void keyOfAnotherAlgorithm_isTold() throws Exception {
    writeGoodFiles();
    Files.writeString(key, pem(TestAuthority.keys("RSA", 2048).getPrivate()));

    assertProblem(key, "does not belong");
  }

  @Test
  void keyThatTlsCannotUse_isTold() throws Exception {
    writeGoodFiles();
    Files.writeString(key, pem(TestAuthority.keys("Ed25519", 255).getPrivate()));

    assertProblem(key, "cannot be used for TLS");
  }

  @Test
  void reversedChain_isTold() throws Exception {
    writeGoodFiles();
    Files.writeString(crt, pem(root.certificate(), intermediate.certificate(), server(NOW, UNTIL)));

    assertProblem(crt, "does not begin with the server's certificate");
  }

  @Test
  void chainWithAGap_isTold() throws Exception {
    writeGoodFiles();
    Files.writeString(crt, pem(server(NOW, UNTIL), root.certificate()));

    assertProblem(crt, "certificate 1 in it is not issued by certificate 2");
  }

  @Test
  void expiredCertificate_isTold() throws Exception {
    writeGoodFiles();
    Files.writeString(
        crt, pem(server(NOW.minusSeconds(60), NOW.minusSeconds(1)), intermediate.certificate()));

    assertProblem(crt, "has expired");
  }

  @Test
  void certificateOfTheFuture_isTold() throws Exception {
    writeGoodFiles();
    Files.writeString(crt, pem(server(NOW.plusSeconds(60), UNTIL), intermediate.certificate()));

    assertProblem(crt, "not valid before");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void encryptedKey_isTold(boolean traditional) throws Exception {
    writeGoodFiles();
    char[] password = "secret".toCharArray();
    BouncyCastleProvider provider = new BouncyCastleProvider();
    try (JcaPEMWriter writer = new JcaPEMWriter(Files.newBufferedWriter(key))) {
      if (traditional) {
        writer.writeObject(
            TestAuthority.keys("RSA", 2048).getPrivate(),
            new JcePEMEncryptorBuilder("AES-256-CBC").setProvider(provider).build(password));
      } else {
        writer.writeObject(
            new JcaPKCS8Generator(
                keys.getPrivate(),
                new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                    .setProvider(provider)
                    .setPassword(password)
                    .build()));
      }
    }

    assertProblem(key, "encrypted");
    assertThat(problems().getFirst().remedy()).contains("openssl pkey -in tls.key");
  }
}
