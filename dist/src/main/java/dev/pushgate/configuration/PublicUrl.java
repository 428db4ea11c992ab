package dev.pushgate.configuration;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code callback.public-url}. */
final class PublicUrl {
  private static final int HTTPS = 443;

  private PublicUrl() {}

  /** The URL in the one form that phones are given, or null where it cannot be used (reported). */
  static @Nullable URI read(Setting setting) {
    String text = setting.text();
    if (text == null) {
      return null;
    }
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException e) {
      setting.problem(
          Words.quoted(text) + " is not a URL", "Write one such as https://vpn.example.com");
      return null;
    }
    String host = url.getHost();
    if (!"https".equalsIgnoreCase(url.getScheme())) {
      setting.problem(
          Words.quoted(text) + " does not begin with https://",
          "Write https://: phones speak nothing else");
    } else if (url.getRawUserInfo() != null) {
      setting.problem("there is a user name in it", "Leave out what stands before @");
    } else if (host == null) {
      setting.problem(
          Words.quoted(text) + " has no host name", "Write one such as https://vpn.example.com");
    } else if (url.getRawQuery() != null || url.getRawFragment() != null) {
      setting.problem(
          Words.quoted(text) + " has a query or a fragment", "Leave out what begins with ? or #");
    } else if (url.getPort() == 0 || url.getPort() > 65535) {
      setting.problem(url.getPort() + " is not a port", "Give a number from 1 to 65535");
    } else {
      return normal(url, host);
    }
    return null;
  }

  private static URI normal(URI url, String host) {
    InetAddress address =
        host.startsWith("[") ? AddressText.address(host.substring(1, host.length() - 1)) : null;
    String port = url.getPort() < 0 || url.getPort() == HTTPS ? "" : ":" + url.getPort();
    return URI.create(
        "https://"
            + (address == null ? host.toLowerCase(Locale.ROOT) : AddressText.inUrl(address))
            + port
            + url.normalize().getRawPath().replaceFirst("/+$", ""));
  }
}
