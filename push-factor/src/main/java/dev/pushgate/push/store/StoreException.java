package dev.pushgate.push.store;

import org.jspecify.annotations.Nullable;

/** The store could not do its work; nothing was changed. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what could not be done
   * @param cause why, or null where there is no more to say
   */
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
