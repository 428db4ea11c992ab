package dev.pushgate.push.secret;

/**
 * A secret in the store cannot be decrypted: the key file is not the right one, or it is damaged.
 */
public final class SecretUnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SecretUnreadableException(String what) {
    super(what);
  }
}
