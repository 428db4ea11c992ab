package dev.pushgate.push.secret;

/**
 * A secret cannot be kept in the store or read from it: there is no key file, it is not the right
 * one, or the secret is damaged.
 */
public final class SecretUnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SecretUnreadableException(String what) {
    super(what);
  }
}
