package dev.pushgate.callback.certificate;

import dev.pushgate.radius.Problem;
import java.util.List;

/** What came of reading a certificate and its key. */
public sealed interface CertificateReading {

  /**
   * The certificate can be shown.
   *
   * @param warnings what phones will or soon may stumble over
   */
  record Usable(ServerCertificate certificate, List<Problem> warnings)
      implements CertificateReading {}

  /**
   * The certificate cannot be shown.
   *
   * @param problems one at least
   */
  record Unusable(List<Problem> problems) implements CertificateReading {}
}
