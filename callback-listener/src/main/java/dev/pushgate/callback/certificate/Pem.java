package dev.pushgate.callback.certificate;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * What stands in a PEM file (RFC 7468) that matters to us.
 *
 * @param certificates in the order of the file
 * @param keys that are not encrypted, in the order of the file
 * @param encryptedKeys how many there are besides
 */
record Pem(List<X509Certificate> certificates, List<PrivateKey> keys, int encryptedKeys) {

  /**
   * @throws IOException when the text cannot be read as PEM, or what is in it not as what it says
   */
  static Pem parse(String text) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    List<PrivateKey> keys = new ArrayList<>();
    int encryptedKeys = 0;
    // The converter's own name for such keys, ECDSA, is not one that Java knows.
    JcaPEMKeyConverter keyConverter =
        new JcaPEMKeyConverter().setAlgorithmMapping(X9ObjectIdentifiers.id_ecPublicKey, "EC");
    JcaX509CertificateConverter certificateConverter = new JcaX509CertificateConverter();
    try (Reader reader = new StringReader(text);
        PEMParser parser = new PEMParser(reader)) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        switch (part) {
          case X509CertificateHolder holder ->
              certificates.add(certificateConverter.getCertificate(holder));
          case PEMKeyPair pair -> keys.add(keyConverter.getPrivateKey(pair.getPrivateKeyInfo()));
          case PrivateKeyInfo info -> keys.add(keyConverter.getPrivateKey(info));
          case PEMEncryptedKeyPair encrypted -> encryptedKeys++;
          case PKCS8EncryptedPrivateKeyInfo encrypted -> encryptedKeys++;
          default -> {
            // Others, such as the parameters of a curve, stand beside keys and tell us nothing.
          }
        }
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException("not readable as PEM", e);
    }
    return new Pem(certificates, keys, encryptedKeys);
  }

  /** The PEM text of a certificate, or of a key as PKCS#8. */
  static String write(Object part) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(part instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : part);
    }
    return text.toString();
  }
}
