package dev.pushgate.push.notifier.apns;

import java.util.regex.Pattern;

/**
 * Which app is told through Apple, and who we are to Apple.
 *
 * @param credentials what Apple knows us by
 * @param topic the app's bundle identifier, as {@code com.example.signin}: letters, digits, dots
 *     and hyphens
 * @param environment which of Apple's two services knows the app's device tokens
 */
public record ApnsSettings(ApnsCredentials credentials, String topic, Environment environment) {
  /** What a bundle identifier may be (Apple: "CFBundleIdentifier"). */
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9.-]{1,155}");

  /** Apple's services: neither knows the other's device tokens. */
  public enum Environment {
    /** Apps from the App Store, TestFlight and companies' own distribution. */
    PRODUCTION("api.push.apple.com"),
    /** Apps that Xcode has put on a phone. */
    SANDBOX("api.sandbox.push.apple.com");

    private final String host;

    Environment(String host) {
      this.host = host;
    }

    /** The host name of the service, which is reached at port 443. */
    public String host() {
      return host;
    }
  }

  public ApnsSettings {
    if (!isTopic(topic)) {
      throw new IllegalArgumentException("a topic is the bundle identifier of an app");
    }
  }

  /** Whether a text can be a topic. */
  public static boolean isTopic(String text) {
    return TOPIC.matcher(text).matches();
  }
}
