package dev.pushgate.push.notifier.apns;

import dev.pushgate.push.notifier.CredentialsException;
import dev.pushgate.push.notifier.CredentialsFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads a certificate for TLS to Apple, with its key, and finds what is wrong with it. */
final class CertificateFile {
  private static final String WANTED = "the certificate and its key as PKCS#12 (.p12)";

  private CertificateFile() {}

  static ApnsCredentials.Certificate read(Path file, char[] password, Instant now)
      throws CredentialsException {
    KeyStore store = open(file, password);
    try {
      List<ApnsCredentials.Certificate> found = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.getKey(alias, password) instanceof PrivateKey key
            && store.getCertificate(alias) instanceof X509Certificate certificate) {
          found.add(new ApnsCredentials.Certificate(certificate, key));
        }
      }
      requireOne(file, found.size());
      requireValid(file, found.getFirst().certificate(), now);
      return found.getFirst();
    } catch (GeneralSecurityException e) {
      throw new CredentialsException(
          "the key in " + file + " cannot be opened with the password of the file",
          "Export it anew, with one password");
    }
  }

  private static KeyStore open(Path file, char[] password) throws CredentialsException {
    byte[] octets = CredentialsFile.read(file, WANTED);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(octets), password);
      return store;
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw new CredentialsException(
            file + " cannot be opened with this password",
            "Put the password that it was exported with into the password file");
      }
      throw notPkcs12(file);
    } catch (GeneralSecurityException e) {
      throw notPkcs12(file);
    }
  }

  private static CredentialsException notPkcs12(Path file) {
    return new CredentialsException(
        file + " is not in the form of PKCS#12",
        "Export the certificate together with its key as .p12");
  }

  private static void requireOne(Path file, int found) throws CredentialsException {
    if (found == 0) {
      throw new CredentialsException(
          file + " has no certificate with its private key in it",
          "Export the certificate together with its key as .p12");
    }
    if (found > 1) {
      throw new CredentialsException(
          file + " has more than one certificate with a key in it",
          "Export the one for Apple's push service alone");
    }
  }

  private static void requireValid(Path file, X509Certificate certificate, Instant now)
      throws CredentialsException {
    Instant end = certificate.getNotAfter().toInstant();
    if (now.isAfter(end)) {
      throw new CredentialsException(
          "the certificate in " + file + " has expired at " + end,
          "Make a new one at Apple's developer site");
    }
    Instant start = certificate.getNotBefore().toInstant();
    if (now.isBefore(start)) {
      throw new CredentialsException(
          "the certificate in " + file + " is not valid before " + start,
          "Set the clock of this machine right");
    }
  }
}
