package dev.pushgate.push.notifier.webpush;

import dev.pushgate.push.device.PushAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to speak to the push services of browsers, and to which.
 *
 * @param key by which they know us
 * @param subject where the operator of a push service reaches whoever runs this server: a {@code
 *     mailto:} address or an {@code https:} URL (RFC 8292 section 2.1). Apple refuses others
 * @param hosts the push services that are used: exact host names, or {@code *.suffix} for all names
 *     below the suffix, of at least two labels; at least one; kept in lower case
 */
public record WebPushSettings(VapidKey key, String subject, List<String> hosts) {

  /**
   * The push services of the browsers in common use.
   *
   * <ul>
   *   <li>{@code fcm.googleapis.com}: Chrome and what is built on it; {@code jmt17.google.com}: the
   *       same for other channels than stable, and builds that have none (Chromium's {@code
   *       components/push_messaging/push_messaging_constants.cc} and {@code
   *       push_messaging_utils.cc})
   *   <li>{@code updates.push.services.mozilla.com}: Firefox (Mozilla's autopush documentation)
   *   <li>{@code *.push.apple.com}: Safari, and all browsers on iOS, today {@code
   *       web.push.apple.com} (Apple, "Sending web push notifications in web apps and browsers")
   *   <li>{@code *.notify.windows.com}: Edge on Windows (Microsoft, "Windows Push Notification
   *       Services overview": let this domain through a firewall)
   * </ul>
   */
  public static final List<String> DEFAULT_HOSTS =
      List.of(
          "fcm.googleapis.com",
          "jmt17.google.com",
          "updates.push.services.mozilla.com",
          "*.push.services.mozilla.com",
          "*.push.apple.com",
          "*.notify.windows.com");

  private static final String WILDCARD = "*.";
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  /** The last label begins with a letter, so that no IP address is a name. */
  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?(" + LABEL + "\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

  private static final int MOST_HOST_CHARACTERS = 253;
  private static final int HTTPS_PORT = 443;
  private static final Pattern MAIL = Pattern.compile("mailto:[^@\\s\"\\\\]+@[^@\\s\"\\\\]+");

  /**
   * @throws IllegalArgumentException when subject or hosts are not as told above; the text names
   *     what is wrong and what is allowed
   */
  public WebPushSettings {
    if (!isSubject(subject)) {
      throw new IllegalArgumentException(
          "subject must be like mailto:vpn@example.com or https://vpn.example.com, not " + subject);
    }
    hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("hosts must name at least one push service");
    }
    for (String host : hosts) {
      if (!isHost(host)) {
        throw new IllegalArgumentException(
            "a host must be a name like push.example.com or *.push.example.com, not " + host);
      }
    }
  }

  /** Whether a text in lower case can be one of the hosts. */
  public static boolean isHost(String text) {
    return text.length() <= MOST_HOST_CHARACTERS && HOST.matcher(text).matches();
  }

  /** Whether a text can be a subject. */
  public static boolean isSubject(String text) {
    return MAIL.matcher(text).matches() || isHttpsUrl(text);
  }

  /**
   * Whether notifications are sent to such a subscription: its endpoint is an https URL at port 443
   * of an allowed host. Nothing is looked up.
   */
  public boolean allows(PushAddress.WebPush address) {
    return endpoint(address).filter(endpoint -> allows(endpoint.getHost())).isPresent();
  }

  /**
   * @param host in any case
   */
  boolean allows(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return hosts.stream().anyMatch(allowed -> matches(allowed, name));
  }

  private static boolean matches(String allowed, String name) {
    return allowed.startsWith(WILDCARD)
        ? name.endsWith(allowed.substring(1)) && name.length() >= allowed.length()
        : name.equals(allowed);
  }

  /** The endpoint, or empty where it is not an https URL at port 443 of a host with a name. */
  static Optional<URI> endpoint(PushAddress.WebPush address) {
    try {
      URI endpoint = new URI(address.endpoint());
      return isHttps(endpoint)
              && endpoint.getRawUserInfo() == null
              && endpoint.getRawFragment() == null
              && (endpoint.getPort() == -1 || endpoint.getPort() == HTTPS_PORT)
          ? Optional.of(endpoint)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isHttpsUrl(String text) {
    try {
      return isHttps(new URI(text)) && !text.contains("\"");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isHttps(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme()) && isName(uri.getHost());
  }

  private static boolean isName(@Nullable String host) {
    return host != null && !host.startsWith(WILDCARD) && isHost(host.toLowerCase(Locale.ROOT));
  }
}
