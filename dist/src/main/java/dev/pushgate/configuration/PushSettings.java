package dev.pushgate.configuration;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code push}, in the words of FortiOS's {@code config system ftm-push}.
 *
 * @param enabled {@code status}: whether pushes are sent; where not, an open app is asked all the
 *     same, because it asks by itself
 * @param serverIp the address that phones call back to, or null where only a name is given
 * @param serverName the name that phones call back to, in lower case, or null where only an address
 *     is given; goes before the address
 * @param serverPort the port that phones call back to and the callback listener binds, 1 to 65535
 * @param expiry how long a challenge lives at most, 5 s to 10 min
 * @param service what users read on their phone: which service asks; 1 to 64 characters
 * @param services the push services that phones are told by
 * @param privacyIdea whether privacyIDEA Authenticator is taken as a device
 */
public record PushSettings(
    boolean enabled,
    @Nullable InetAddress serverIp,
    @Nullable String serverName,
    int serverPort,
    Duration expiry,
    String service,
    PushServices services,
    boolean privacyIdea) {

  /** The port where the configuration names none. */
  public static final int DEFAULT_SERVER_PORT = 4433;

  /** The expiry where the configuration names none. */
  public static final Duration DEFAULT_EXPIRY = Duration.ofSeconds(60);

  /** The service where the configuration names none. */
  public static final String DEFAULT_SERVICE = "VPN";

  /** Less is too short for who must open an app by hand. */
  static final Duration LEAST_EXPIRY_BY_HAND = Duration.ofSeconds(60);

  static final Duration LEAST_EXPIRY = Duration.ofSeconds(5);
  static final Duration MOST_EXPIRY = Duration.ofMinutes(10);
}
