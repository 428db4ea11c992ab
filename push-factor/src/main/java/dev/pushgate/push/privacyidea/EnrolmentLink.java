package dev.pushgate.push.privacyidea;

import dev.pushgate.push.device.NamedInvitation;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text behind the QR code by which privacyIDEA Authenticator is enrolled. */
public final class EnrolmentLink {
  /** Below the base address: takes all that the app sends. */
  public static final String PATH = "/privacyidea";

  private static final int HTTPS = 443;
  private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

  private EnrolmentLink() {}

  /**
   * Where the app sends all that it sends, or empty where the base address is not of the one form
   * in which the app and we both sign it: {@code https} and host in lower case, no port 443, no dot
   * segments, ASCII.
   *
   * @param base the base address of phones
   */
  public static Optional<String> url(String base) {
    String url = base + PATH;
    try {
      URI uri = new URI(url);
      String host = uri.getHost();
      boolean normal =
          VISIBLE.matcher(url).matches()
              && url.startsWith("https://")
              && host != null
              && host.equals(host.toLowerCase(Locale.ROOT))
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getPort() != HTTPS
              && !uri.getRawAuthority().endsWith(":")
              && !uri.getRawPath().matches(".*/\\.{1,2}(/.*)?")
              && uri.normalize().toString().equals(url);
      return normal ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * @param url as {@link #url} has it
   * @param user whose device it will be, for the app's list
   * @param service for the app's list
   * @param validFor of the invitation; the app counts in whole minutes, of which it is told one at
   *     least
   * @param pin whether the app asks for the phone's lock with each answer
   * @return a secret, since whoever has it can enrol
   */
  public static String of(
      NamedInvitation invitation,
      String url,
      String user,
      String service,
      Duration validFor,
      boolean pin) {
    return "otpauth://pipush/"
        + quoted(user)
        + "?url="
        + quoted(url)
        + "&ttl="
        + Math.max(1, validFor.toMinutes())
        + "&issuer="
        + quoted(service)
        + "&enrollment_credential="
        + quoted(invitation.code())
        + "&v=1&serial="
        + quoted(invitation.serial())
        + "&sslverify=1&poll_only=True"
        + (pin ? "&pin=True" : "");
  }

  /** Percent-encoded (RFC 3986 section 2.1), spaces too. */
  private static String quoted(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
