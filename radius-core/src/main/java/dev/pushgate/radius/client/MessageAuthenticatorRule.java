package dev.pushgate.radius.client;

/**
 * Whether Access-Requests of a client must carry a Message-Authenticator (CVE-2024-3596).
 *
 * <p>A Message-Authenticator that is there must be right under every rule.
 */
public enum MessageAuthenticatorRule {
  /** Required from a source address as soon as it has sent one signed Access-Request. */
  AUTO,
  /** A request without one is discarded. */
  REQUIRED,
  /** A request without one is served. */
  OPTIONAL;

  /** The word that stands for it in the configuration. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
