package dev.pushgate.push.standin;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of a test's own, which makes out certificates to any name in the world.
 */
public final class StandInAuthority {
  private static final X500Name NAME = new X500Name("CN=Stand-in authority");
  private static final Duration NOW = Duration.ofHours(-1);
  private static final char[] NO_PASSWORD = {};

  private final KeyPair keys;
  private final X509Certificate certificate;

  /**
   * A certificate and its key.
   *
   * @param chain the certificate, then the authority's
   */
  public record Identity(KeyPair keys, List<X509Certificate> chain) {

    /** TLS of a server that shows this certificate. */
    public SSLContext tls() {
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
            "server", keys.getPrivate(), NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(e);
      }
    }

    /** The private key as PKCS#8 in PEM. */
    public String keyPem() {
      return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /** The chain in PEM. */
    public String chainPem() {
      return chain.stream().map(StandInAuthority::pem).reduce("", String::concat);
    }
  }

  public StandInAuthority() {
    this.keys = newKeys();
    this.certificate = issue(keys, NAME, true, NOW);
  }

  /** The authority's own certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The authority's own certificate in PEM. */
  public String pem() {
    return pem(certificate);
  }

  /** A certificate for these host names or IP addresses, with a new key. */
  public Identity identity(String... names) {
    KeyPair subject = newKeys();
    return new Identity(
        subject,
        List.of(issue(subject, new X500Name("CN=" + names[0]), false, NOW, names), certificate));
  }

  /** The same with an RSA key: GnuTLS 3.7 reads no other as Java writes it. */
  public Identity rsaIdentity(String... names) {
    return rsaIdentity(NOW, names);
  }

  /** The same that was valid until a day ago. */
  public Identity expiredIdentity(String... names) {
    return rsaIdentity(Duration.ofDays(-31), names);
  }

  private Identity rsaIdentity(Duration validFrom, String... names) {
    KeyPair subject = newKeys("RSA", 2048);
    return new Identity(
        subject,
        List.of(
            issue(subject, new X500Name("CN=" + names[0]), false, validFrom, names), certificate));
  }

  private X509Certificate issue(
      KeyPair subjectKeys,
      X500Name subject,
      boolean authority,
      Duration validFrom,
      String... names) {
    Instant now = Instant.now().plus(validFrom);
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            NAME,
            new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
            Date.from(now),
            Date.from(now.plus(Duration.ofDays(30))),
            subject,
            subjectKeys.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (names.length > 0) {
        GeneralName[] alternatives =
            Stream.of(names).map(StandInAuthority::generalName).toArray(GeneralName[]::new);
        builder.addExtension(
            Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GeneralName generalName(String name) {
    boolean isAddress = name.matches("[0-9.]+|.*:.*");
    return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static KeyPair newKeys() {
    return newKeys("EC", 256);
  }

  private static KeyPair newKeys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String type, byte[] octets) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(octets);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, lines, type);
  }
}
