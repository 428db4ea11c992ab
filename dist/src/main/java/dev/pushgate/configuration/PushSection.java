package dev.pushgate.configuration;

import java.net.IDN;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code push}. */
final class PushSection {
  private static final int LONGEST_SERVICE = 64;
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private PushSection() {}

  static PushSettings read(Section push, Path folder, Set<Path> files, InstantSource clock) {
    Map<String, Boolean> states = new LinkedHashMap<>();
    states.put("enable", true);
    states.put("disable", false);
    boolean enabled = push.word("status", states, true);
    InetAddress serverIp = serverIp(push.setting("server-ip"));
    String serverName = serverName(push.setting("server-name"));
    Setting port = push.setting("server-port");
    Integer serverPort = port == null ? null : port.port();
    Duration expiry =
        push.duration(
            "expiry",
            PushSettings.LEAST_EXPIRY,
            PushSettings.MOST_EXPIRY,
            PushSettings.DEFAULT_EXPIRY);
    String service = service(push.setting("service"));
    PushServices services = new PushServicesSection(push, folder, files, clock).read();
    boolean privacyIdea = push.word("privacyidea", states, false);
    Setting expiryAsSet = push.setting("expiry");
    if (privacyIdea
        && expiryAsSet != null
        && expiry.compareTo(PushSettings.LEAST_EXPIRY_BY_HAND) < 0) {
      expiryAsSet.warning(
          "privacyIDEA Authenticator asks only when its user opens it, for which "
              + expiry.toSeconds()
              + " s are few",
          "Set it to 60s or more");
    }
    push.refuseUnknown(Vocabulary.PUSH);
    return new PushSettings(
        enabled,
        serverIp,
        serverName,
        serverPort == null ? PushSettings.DEFAULT_SERVER_PORT : serverPort,
        expiry,
        service == null ? PushSettings.DEFAULT_SERVICE : service,
        services,
        privacyIdea);
  }

  private static @Nullable InetAddress serverIp(@Nullable Setting setting) {
    String text = setting == null ? null : setting.text();
    if (setting == null || text == null) {
      return null;
    }
    InetAddress address = AddressText.address(text);
    if (address == null) {
      setting.problem(
          Words.quoted(text) + " is not an IP address",
          "Write one such as 203.0.113.5 without a port, or a name as push.server-name");
      return null;
    }
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      setting.problem(
          Words.quoted(text) + " is not the address of one machine",
          "Write the address that phones reach this server by");
      return null;
    }
    return address;
  }

  private static @Nullable String serverName(@Nullable Setting setting) {
    String text = setting == null ? null : setting.text();
    if (setting == null || text == null) {
      return null;
    }
    String name = text.toLowerCase(Locale.ROOT);
    if (AddressText.address(text) != null) {
      setting.problem(
          Words.quoted(text) + " is an IP address, not a name", "Write it as push.server-ip");
      return null;
    }
    if (!NAME.matcher(name).matches()) {
      setting.problem(Words.quoted(text) + " is not a host name", "Write " + nameLike(name));
      return null;
    }
    return name;
  }

  private static String nameLike(String text) {
    try {
      String ascii = IDN.toASCII(text);
      if (!ascii.equals(text) && NAME.matcher(ascii).matches()) {
        return ascii;
      }
    } catch (IllegalArgumentException e) {
      // Not a name in another script either: the example will have to do.
    }
    return "one such as vpn.example.com, without https:// and without a port";
  }

  private static @Nullable String service(@Nullable Setting setting) {
    String text = setting == null ? null : setting.text();
    if (setting == null || text == null) {
      return null;
    }
    boolean visible = Words.quoted(text).equals("'" + text + "'");
    if (text.isBlank() || text.length() > LONGEST_SERVICE || !visible) {
      setting.problem(
          Words.quoted(text) + " cannot be shown on a phone",
          "Write 1 to 64 characters without line breaks, such as \"Example VPN\"");
      return null;
    }
    return text.strip();
  }
}
