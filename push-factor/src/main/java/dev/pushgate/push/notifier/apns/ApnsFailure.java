package dev.pushgate.push.notifier.apns;

import io.netty.handler.proxy.ProxyConnectException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why Apple was not reached, in words of ours: those of the libraries may have a server's words or
 * a request in them.
 */
final class ApnsFailure {
  private static final int MOST_CAUSES = 10;

  private ApnsFailure() {}

  static String text(@Nullable Throwable failure, String host) {
    Throwable cause = failure;
    String text = null;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      String found = text(cause);
      // The innermost is the most exact.
      text = found == null ? text : found;
      cause = cause.getCause();
    }
    return host + ": " + (text == null ? "the connection broke before an answer" : text);
  }

  private static @Nullable String text(Throwable cause) {
    return switch (cause) {
      case CertificateException _ -> "its certificate is not trusted";
      case SSLException _ -> "TLS failed";
      case ProxyConnectException _ -> "the proxy does not connect";
      case UnknownHostException _ -> "its name is not known";
      case ConnectException _ -> "no connection";
      default -> null;
    };
  }
}
