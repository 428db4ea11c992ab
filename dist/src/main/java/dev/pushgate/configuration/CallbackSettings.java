package dev.pushgate.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code callback}: where and how phones are listened to.
 *
 * @param allowAccess names of interfaces, globs for them, or addresses of this machine; phones may
 *     call on these alone, and on all where the list is empty
 * @param tls the certificate and its key, or null for a self-signed one in the state folder
 * @param publicUrl the base address of phones where it differs from {@code push}: https, with
 *     neither query nor fragment, no slash at its end and no {@code :443}; or null
 */
public record CallbackSettings(
    List<String> allowAccess, @Nullable Tls tls, @Nullable URI publicUrl) {

  public CallbackSettings {
    allowAccess = List.copyOf(allowAccess);
  }

  /**
   * The files of a certificate; they existed when the configuration was read.
   *
   * @param certificate PEM, the server's own certificate first
   * @param key PEM, the private key of that certificate
   */
  public record Tls(Path certificate, Path key) {}
}
