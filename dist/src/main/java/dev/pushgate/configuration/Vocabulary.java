package dev.pushgate.configuration;

import dev.pushgate.radius.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys that {@code pushgate.conf} knows, by section. */
enum Vocabulary {
  ROOT(
      "",
      "push",
      "callback",
      "radius",
      "state",
      "users",
      "rehash",
      "source",
      "sources",
      "realms",
      "clients",
      "groups",
      "networks",
      "number",
      "code",
      "limits",
      "enroll",
      "alarm",
      "language",
      "key-file",
      "remember-after-stop"),
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
      "append",
      "factor",
      "language",
      "remember",
      "login-group",
      "source",
      "on-unavailable",
      "reply"),
  REALM("realms.NAME.", "names", "source"),
  RADIUS_SOURCE(
      "sources.NAME.",
      "kind",
      "address",
      "secret",
      "secret-file",
      "message-authenticator",
      "timeout",
      "dead-time",
      "status-server",
      "user-name",
      "nas-identifier",
      "pass-to",
      "pass-back",
      "password-memory"),
  LDAP(
      "sources.NAME.",
      "kind",
      "password-memory",
      "servers",
      "trust",
      "timeout",
      "bind-dn",
      "bind-password-file",
      "user-dn",
      "user-bind",
      "base",
      "filter",
      "name-attribute",
      "name-suffix",
      "group-attribute",
      "groups",
      "nested",
      "mail-attribute",
      "language-attribute",
      "factor-attribute",
      "reply",
      "referrals",
      "referral-hosts"),
  LDAP_GROUPS("sources.NAME.groups.", "base", "filter", "name-attribute"),
  GROUP("groups.NAME.", "factor", "mode"),
  NETWORK("networks.NAME.", "address", "factor", "overrides"),
  NUMBER("number.", "digits", "match"),
  CODE("code.", "algorithm", "digits", "step"),
  LIMITS("limits.", "pushes", "window", "report-pause"),
  ENROLL("enroll.", "inline", "until", "networks", "valid-for", "mail-command"),
  ALARM("alarm.", "webhook", "command"),
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

  /** Whether what it stands in has a name of the administrator's choice. */
  boolean isNamed() {
    return switch (this) {
      case CLIENT, GROUP, NETWORK, REALM, LDAP, RADIUS_SOURCE -> true;
      default -> false;
    };
  }

  /** What is named there. */
  String thing() {
    return this == LDAP || this == RADIUS_SOURCE ? "source" : name().toLowerCase(Locale.ROOT);
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
