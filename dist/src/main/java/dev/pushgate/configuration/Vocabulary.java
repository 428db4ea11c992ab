package dev.pushgate.configuration;

import dev.pushgate.radius.NearestName;
import java.util.List;
import java.util.Optional;

/** The keys that {@code pushgate.conf} knows, by section. */
enum Vocabulary {
  ROOT("", "push", "callback", "radius", "state", "users", "clients"),
  PUSH(
      "push.",
      "status",
      "server-ip",
      "server-name",
      "server-port",
      "expiry",
      "service",
      "apns",
      "fcm",
      "webpush",
      "proxy",
      "trust",
      "privacyidea"),
  CALLBACK("callback.", "allow-access", "certificate", "key", "public-url"),
  RADIUS("radius.", "listen", "accounting", "reject-delay", "dictionaries"),
  CLIENT(
      "clients.NAME.",
      "address",
      "secret",
      "secret-file",
      "message-authenticator",
      "kind",
      "answer-within",
      "mode",
      "factor",
      "login-group",
      "reply"),
  APNS(
      "push.apns.",
      "key",
      "key-id",
      "team-id",
      "certificate",
      "password-file",
      "topic",
      "environment"),
  FCM("push.fcm.", "service-account"),
  WEBPUSH("push.webpush.", "status", "subject", "hosts");

  private final String prefix;

  // Made by List.of.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> keys;

  Vocabulary(String prefix, String... keys) {
    this.prefix = prefix;
    this.keys = List.of(keys);
  }

  List<String> keys() {
    return keys;
  }

  /** What to do about a key that this section does not know. */
  String remedyFor(String unknown) {
    return NearestName.to(unknown, keys)
        .map(near -> "Write " + near)
        .or(() -> elsewhere(unknown).map(path -> "Move it to " + path))
        .orElseGet(() -> "Use " + Words.alternatives(keys));
  }

  private static Optional<String> elsewhere(String key) {
    for (Vocabulary section : values()) {
      if (section.keys.contains(key)) {
        return Optional.of(section.prefix + key);
      }
    }
    return Optional.empty();
  }
}
