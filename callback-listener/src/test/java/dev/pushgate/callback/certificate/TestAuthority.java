package dev.pushgate.callback.certificate;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates for tests. */
record TestAuthority(X500Name name, KeyPair keys, X509Certificate certificate) {
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  static TestAuthority root() throws Exception {
    X500Name name = new X500Name("CN=Test root");
    KeyPair keys = keys("EC", 256);
    Instant until = NOW.plus(Duration.ofDays(3650));
    return new TestAuthority(
        name, keys, issue(name, keys, name, keys, NOW.minusSeconds(60), until));
  }

  static KeyPair keys(String algorithm, int size) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return generator.generateKeyPair();
  }

  TestAuthority intermediate() throws Exception {
    X500Name below = new X500Name("CN=Test intermediate");
    KeyPair belowKeys = keys("EC", 256);
    Instant until = NOW.plus(Duration.ofDays(3650));
    return new TestAuthority(
        below, belowKeys, issue(name, keys, below, belowKeys, NOW.minusSeconds(60), until));
  }

  X509Certificate server(KeyPair serverKeys, Instant from, Instant until, String... dnsNames)
      throws Exception {
    return issue(name, keys, new X500Name("CN=server"), serverKeys, from, until, dnsNames);
  }

  private static X509Certificate issue(
      X500Name issuer,
      KeyPair issuerKeys,
      X500Name subject,
      KeyPair subjectKeys,
      Instant from,
      Instant until,
      String... dnsNames)
      throws Exception {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            BigInteger.ONE,
            Date.from(from),
            Date.from(until),
            subject,
            subjectKeys.getPublic());
    if (dnsNames.length > 0) {
      GeneralName[] names = new GeneralName[dnsNames.length];
      for (int i = 0; i < names.length; i++) {
        names[i] = new GeneralName(GeneralName.dNSName, dnsNames[i]);
      }
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
  }
}
