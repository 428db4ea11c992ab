package dev.pushgate.radius.audit;

import org.jspecify.annotations.Nullable;

/**
 * A record could not be written, so what it tells of must not happen. It may succeed later: the
 * usual reason is a full disk.
 */
public final class AuditException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message tells what failed; holds nothing of the record
   */
  public AuditException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
