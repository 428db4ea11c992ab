package dev.pushgate.callback.certificate;

import dev.pushgate.radius.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a certificate and its key for {@link ServerCertificate}, and finds what is wrong. */
final class CertificateReader {
  private static final Duration SOON = Duration.ofDays(14);
  private static final byte[] PROBE = "pushgate".getBytes(StandardCharsets.US_ASCII);

  private final Path certificateFile;
  private final Path keyFile;
  private final Instant now;
  private final List<Problem> problems = new ArrayList<>();

  CertificateReader(Path certificateFile, Path keyFile, Instant now) {
    this.certificateFile = certificateFile;
    this.keyFile = keyFile;
    this.now = now;
  }

  CertificateReading read(URI baseAddress) {
    List<X509Certificate> chain = chain();
    PrivateKey key = key();
    if (key != null && !chain.isEmpty()) {
      checkThatTheyBelongTogether(chain, key);
      checkValidity(chain.getFirst());
    }
    return key == null || !problems.isEmpty()
        ? new CertificateReading.Unusable(List.copyOf(problems))
        : new CertificateReading.Usable(
            new ServerCertificate(chain, key), warnings(chain.getFirst(), baseAddress));
  }

  private List<X509Certificate> chain() {
    Pem pem = pem(certificateFile);
    if (pem == null) {
      return List.of();
    }
    if (pem.certificates().isEmpty()) {
      problem(
          certificateFile,
          "there is no certificate in it",
          "Put the server's certificate there as PEM, then those between it and the root");
    }
    return pem.certificates();
  }

  private @Nullable PrivateKey key() {
    Pem pem = pem(keyFile);
    if (pem == null) {
      return null;
    }
    if (pem.keys().isEmpty()) {
      if (pem.encryptedKeys() > 0) {
        problem(
            keyFile,
            "the private key in it is encrypted",
            "Decrypt it: openssl pkey -in %s -out new.key".formatted(keyFile.getFileName()));
      } else {
        problem(
            keyFile,
            "there is no private key in it",
            "Put the certificate's private key there as PEM");
      }
      return null;
    }
    PrivateKey key = pem.keys().getFirst();
    if (!key.getAlgorithm().equals("RSA") && !key.getAlgorithm().equals("EC")) {
      problem(
          keyFile,
          "a key of the kind " + key.getAlgorithm() + " cannot be used for TLS here",
          "Use a certificate with an EC (P-256) or RSA key");
      return null;
    }
    return key;
  }

  private @Nullable Pem pem(Path file) {
    try {
      return Pem.parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      problem(file, "the file does not exist", "Put it there, or correct the setting");
    } catch (IOException e) {
      if (Files.isReadable(file) && Files.isRegularFile(file)) {
        problem(file, "it cannot be read as PEM", "Convert it to PEM, or fetch it anew");
      } else {
        problem(file, "the file cannot be read", "Let the user that runs pushgate read this file");
      }
    }
    return null;
  }

  private void checkThatTheyBelongTogether(List<X509Certificate> chain, PrivateKey key) {
    if (!belong(chain.getFirst().getPublicKey(), key)) {
      if (chain.stream().anyMatch(each -> belong(each.getPublicKey(), key))) {
        problem(
            certificateFile,
            "the chain does not begin with the server's certificate",
            "Turn it round: the certificate of the key first, then each one's issuer");
      } else {
        problem(
            keyFile,
            "the key does not belong to the certificate in " + certificateFile,
            "Use the key that the certificate was requested with");
      }
      return;
    }
    for (int i = 1; i < chain.size(); i++) {
      if (!isIssuedBy(chain.get(i - 1), chain.get(i))) {
        problem(
            certificateFile,
            "certificate %d in it is not issued by certificate %d".formatted(i, i + 1),
            "Put the server's certificate first, then each one's issuer, and nothing else");
      }
    }
  }

  private static boolean belong(PublicKey publicKey, PrivateKey key) {
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private void checkValidity(X509Certificate certificate) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isAfter(until)) {
      problem(certificateFile, "the certificate has expired at " + until, "Renew it");
    } else if (now.isBefore(from)) {
      problem(
          certificateFile,
          "the certificate is not valid before " + from,
          "Check this machine's clock, or use a certificate that is valid now");
    }
  }

  private List<Problem> warnings(X509Certificate certificate, URI baseAddress) {
    List<Problem> warnings = new ArrayList<>();
    String host = SubjectNames.host(baseAddress);
    if (!SubjectNames.cover(certificate, host)) {
      warnings.add(
          found(
              certificateFile,
              "the certificate does not stand for " + host + ", which phones call",
              "Use one with " + host + " among its subject alternative names"));
    }
    Instant until = certificate.getNotAfter().toInstant();
    if (until.isBefore(now.plus(SOON))) {
      warnings.add(found(certificateFile, "the certificate expires at " + until, "Renew it"));
    }
    return List.copyOf(warnings);
  }

  private void problem(Path file, String what, String remedy) {
    problems.add(found(file, what, remedy));
  }

  private static Problem found(Path file, String what, String remedy) {
    return new Problem(file.toString(), 0, null, what, remedy);
  }
}
