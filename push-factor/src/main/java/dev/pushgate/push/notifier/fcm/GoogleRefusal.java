package dev.pushgate.push.notifier.fcm;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Google answered, and not with success. Its text tells the HTTP status only; what Google wrote is
 * kept beside it and is not to be believed.
 */
final class GoogleRefusal extends IOException {
  private static final long serialVersionUID = 1;

  private final String host;
  private final int status;
  private final @Nullable String retryAfter;
  private final String body;

  /**
   * @param host who answered
   * @param status HTTP status, not 2xx
   * @param retryAfter the header field of that name (RFC 9110, section 10.2.3)
   * @param body its beginning; empty where there is none
   */
  GoogleRefusal(String host, int status, @Nullable String retryAfter, String body) {
    super("HTTP " + status);
    this.host = host;
    this.status = status;
    this.retryAfter = retryAfter;
    this.body = body;
  }

  /** The one that was met on the way to this failure, if any. */
  static @Nullable GoogleRefusal in(Throwable failure) {
    Throwable at = failure;
    while (at != null && !(at instanceof GoogleRefusal)) {
      at = at.getCause();
    }
    return (GoogleRefusal) at;
  }

  String host() {
    return host;
  }

  int status() {
    return status;
  }

  @Nullable String retryAfter() {
    return retryAfter;
  }

  String body() {
    return body;
  }
}
