package dev.pushgate.callback.certificate;

import dev.pushgate.callback.file.PrivateFile;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate of a server whose administrator has given it none, kept in the state folder as
 * {@code tls.crt} and {@code tls.key} (mode 0600).
 */
public final class SelfSignedCertificate {
  private static final Duration LIFE = Duration.ofDays(825);
  private static final Duration ENDING = Duration.ofDays(30);
  private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);
  private static final int SERIAL_BITS = 127;

  private final Path certificateFile;
  private final Path keyFile;
  private final InstantSource clock;
  private final SecureRandom random;

  /**
   * @param stateFolder exists, and this process may write there
   */
  public SelfSignedCertificate(Path stateFolder, InstantSource clock, SecureRandom random) {
    this.certificateFile = stateFolder.resolve("tls.crt");
    this.keyFile = stateFolder.resolve("tls.key");
    this.clock = clock;
    this.random = random;
  }

  /** Where the certificate is kept, for those who shall trust it. */
  public Path file() {
    return certificateFile;
  }

  /**
   * The kept certificate, or a new one where there is none that can be used, it ends within 30 days
   * or does not stand for the host of the base address.
   *
   * @throws IOException when it cannot be kept
   */
  public ServerCertificate keptOrNew(URI baseAddress) throws IOException {
    if (Files.exists(certificateFile)
        && ServerCertificate.read(certificateFile, keyFile, baseAddress, clock)
            instanceof CertificateReading.Usable(ServerCertificate kept, var warnings)
        && warnings.isEmpty()
        && !endsSoon(kept)) {
      return kept;
    }
    return make(SubjectNames.host(baseAddress));
  }

  private boolean endsSoon(ServerCertificate kept) {
    Instant end = kept.chain().getFirst().getNotAfter().toInstant();
    return end.isBefore(clock.instant().plus(ENDING));
  }

  private ServerCertificate make(String host) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair keys = generator.generateKeyPair();
      X509Certificate certificate = sign(keys, host);
      PrivateFile.write(keyFile, Pem.write(keys.getPrivate()));
      PrivateFile.write(certificateFile, Pem.write(certificate));
      Files.setPosixFilePermissions(certificateFile, PosixFilePermissions.fromString("rw-r--r--"));
      return new ServerCertificate(List.of(certificate), keys.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("this Java cannot make a P-256 certificate", e);
    }
  }

  private X509Certificate sign(KeyPair keys, String host)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    X500Name name =
        new X500NameBuilder().addRDN(BCStyle.O, "Pushgate").addRDN(BCStyle.CN, host).build();
    Instant from = clock.instant().minus(CLOCKS_DIFFER);
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(SERIAL_BITS, random).setBit(0),
            Date.from(from),
            Date.from(from.plus(LIFE)),
            name,
            keys.getPublic());
    builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(Extension.subjectAlternativeName, false, names(host));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA")
                    .setSecureRandom(random)
                    .build(keys.getPrivate())));
  }

  private static GeneralNames names(String host) {
    Set<String> hosts = new LinkedHashSet<>(List.of(host, "localhost", "127.0.0.1", "::1"));
    return new GeneralNames(
        hosts.stream()
            .map(
                each ->
                    new GeneralName(
                        SubjectNames.address(each).isPresent()
                            ? GeneralName.iPAddress
                            : GeneralName.dNSName,
                        each))
            .toArray(GeneralName[]::new));
  }
}
