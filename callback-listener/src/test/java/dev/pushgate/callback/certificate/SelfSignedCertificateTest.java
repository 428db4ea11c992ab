package dev.pushgate.callback.certificate;

import static dev.pushgate.callback.certificate.TestAuthority.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The certificate that the server makes where it was given none. */
final class SelfSignedCertificateTest {
  private static final URI BASE = URI.create("https://192.0.2.1:4433");

  private final Path folder;
  private final SecureRandom random = new SecureRandom();
  private Instant now = NOW;

  SelfSignedCertificateTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private X509Certificate keptOrNew(URI base) throws Exception {
    return new SelfSignedCertificate(folder, () -> now, random).keptOrNew(base).chain().getFirst();
  }

  @Test
  void newCertificate_isValidAndItsKeyPrivate() throws Exception {
    X509Certificate made = keptOrNew(BASE);

    made.verify(made.getPublicKey());
    assertThat(made.getPublicKey().getAlgorithm()).isEqualTo("EC");
    assertThat(Duration.between(made.getNotBefore().toInstant(), made.getNotAfter().toInstant()))
        .isEqualTo(Duration.ofDays(825));
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls.key"))))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://192.0.2.1:4433",
        "https://vpn.example.org",
        "https://[2001:db8::1]:4433",
        "https://localhost"
      })
  void newCertificate_standsForTheHostAndLoopback(String base) throws Exception {
    X509Certificate made = keptOrNew(URI.create(base));

    assertThat(SubjectNames.cover(made, SubjectNames.host(URI.create(base)))).isTrue();
    assertThat(SubjectNames.cover(made, "localhost")).isTrue();
    assertThat(SubjectNames.cover(made, "127.0.0.1")).isTrue();
    assertThat(SubjectNames.cover(made, "::1")).isTrue();
    assertThat(SubjectNames.cover(made, "example.org")).isFalse();
  }

  @Test
  void keptCertificate_isUsedAgain() throws Exception {
    X509Certificate made = keptOrNew(BASE);
    now = NOW.plus(Duration.ofDays(790));

    assertThat(keptOrNew(BASE)).isEqualTo(made);
  }

  @Test
  void certificateThatEndsSoon_isMadeAnew() throws Exception {
    X509Certificate made = keptOrNew(BASE);
    now = NOW.plus(Duration.ofDays(800));

    X509Certificate next = keptOrNew(BASE);

    assertThat(next).isNotEqualTo(made);
    assertThat(next.getNotAfter()).isAfter(made.getNotAfter());
  }

  @Test
  void certificateOfAnotherHost_isMadeAnew() throws Exception {
    X509Certificate made = keptOrNew(BASE);

    assertThat(keptOrNew(URI.create("https://192.0.2.2:4433"))).isNotEqualTo(made);
  }

  @Test
  void certificateWithoutItsKey_isMadeAnew() throws Exception {
    X509Certificate made = keptOrNew(BASE);
    Files.delete(folder.resolve("tls.key"));

    assertThat(keptOrNew(BASE)).isNotEqualTo(made);
  }
}
