package dev.pushgate.push.notifier.apns;

import dev.pushgate.push.notifier.Receipt;
import dev.pushgate.radius.packet.UntrustedText;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rejection means for us. Reasons are compared as strings, as Apple's list of them grows
 * (Apple: "Handling notification responses from APNs").
 *
 * <ul>
 *   <li>{@code BadDeviceToken} is also what a token of the sandbox gets at production and the other
 *       way round: {@code push.apns.environment} has to be where the app's tokens come from.
 *   <li>{@code DeviceTokenNotForTopic}: the token lives, but is another app's. It is not used
 *       again, and since the topic may be what is wrong, it raises an alarm too.
 * </ul>
 */
final class ApnsRejection {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private ApnsRejection() {}

  /**
   * @param status of HTTP
   * @param reason as Apple's answer has it, or null where it has none
   * @param since when the token died, if the answer tells; not after now
   */
  static Receipt receipt(int status, @Nullable String reason, Optional<Instant> since) {
    if (reason == null) {
      return byStatus(status, "HTTP " + status);
    }
    return switch (reason) {
      case "Unregistered" -> new Receipt.Dead(reason, since);
      case "BadDeviceToken", "ExpiredToken" -> new Receipt.Dead(reason);
      case "DeviceTokenNotForTopic" -> new Receipt.Foreign(reason);
      case "TooManyRequests" -> new Receipt.TooMany(reason, Optional.empty());
      case "TooManyProviderTokenUpdates",
          "InternalServerError",
          "ServiceUnavailable",
          "Shutdown",
          "IdleTimeout" ->
          new Receipt.Unavailable(reason);
      default -> {
        String remedy = remedy(reason);
        yield remedy == null
            ? byStatus(status, UntrustedText.shown(reason))
            : new Receipt.Misconfigured(reason, remedy);
      }
    };
  }

  /** What to do about a fault of ours, or null where it is none. */
  private static @Nullable String remedy(String reason) {
    return switch (reason) {
      case "InvalidProviderToken" ->
          "Check push.apns.key, key-id and team-id: all three have to be of one key that has not been"
              + " revoked at Apple's developer site, and whose team owns the app push.apns.topic";
      case "ExpiredProviderToken" ->
          "Set the clock of this machine right: Apple takes no token that is an hour old or more";
      case "MissingProviderToken" ->
          "Set push.apns.key, key-id and team-id, or a certificate for the app push.apns.topic";
      case "UnrelatedKeyIdInToken" ->
          "Check push.apns.key-id and team-id: this key may not be used for the app push.apns.topic";
      case "BadEnvironmentKeyIdInToken", "BadEnvironmentKeyInToken" ->
          "Set push.apns.environment to what the key is made for, or make a key for both";
      case "BadCertificate" ->
          "Make a new certificate at Apple's developer site, for push notifications of the app"
              + " push.apns.topic, and set push.apns.certificate";
      case "BadCertificateEnvironment" ->
          "Set push.apns.environment to what the certificate is made for, or make a certificate for"
              + " both";
      case "BadTopic", "MissingTopic" -> "Set push.apns.topic to the bundle identifier of the app";
      case "TopicDisallowed" ->
          "Set push.apns.topic to the bundle identifier of an app that the key or certificate is for,"
              + " and allow this app push notifications at Apple's developer site";
      case "Forbidden" ->
          "See at Apple's developer site whether the key or certificate has been revoked and the"
              + " membership goes on";
      case "BadPath", "MethodNotAllowed" ->
          "See whether a proxy changes what goes to Apple; if none does, report this as a bug";
      default -> null;
    };
  }

  private static Receipt byStatus(int status, String reason) {
    if (status == TOO_MANY_REQUESTS) {
      return new Receipt.TooMany(reason, Optional.empty());
    }
    return status >= SERVER_ERROR ? new Receipt.Unavailable(reason) : new Receipt.Refused(reason);
  }
}
