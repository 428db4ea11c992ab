package dev.pushgate.push.notifier.fcm;

import dev.pushgate.push.notifier.Receipt;
import dev.pushgate.push.notifier.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a refusal of Google's means for us. Reasons are Google's codes where we know them, else the
 * HTTP status: never a text that came with it.
 */
final class Receipts {
  /** What Google asks for where a 429 names no time. */
  private static final Duration QUOTA_WAIT = Duration.ofMinutes(1);

  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private static final String KEY_REMEDY =
      "The key of the service account was deleted or its account disabled, or the clock of this"
          + " machine is wrong: set the clock, else put a new service account file in place"
          + " (docs/fcm.md)";
  private static final String ROLE_REMEDY =
      "Give the service account the role Firebase Cloud Messaging API Admin in the project that"
          + " push.fcm.service-account names; where a proxy opens TLS, see whether it forbids"
          + " fcm.googleapis.com";
  private static final String API_REMEDY =
      "Switch the Firebase Cloud Messaging API (V1) on in the Google Cloud console for the project"
          + " that push.fcm.service-account names";
  private static final String THIRD_PARTY_REMEDY =
      "Google cannot pass it on to Apple or to a browser: put the APNs key or the Web Push key in"
          + " order in the Firebase console, Project settings, Cloud Messaging";

  private Receipts() {}

  /** An answer of fcm.googleapis.com. */
  static Receipt ofMessaging(GoogleRefusal refusal, Instant now) {
    GoogleError error = GoogleError.of(refusal.body());
    String code = error.code();
    return switch (code) {
      case "UNREGISTERED" -> new Receipt.Dead(code);
      case "SENDER_ID_MISMATCH" -> new Receipt.Foreign(code);
      case "INVALID_ARGUMENT" ->
          error.isAboutTheToken() ? new Receipt.Dead(code) : new Receipt.Refused(code);
      case "THIRD_PARTY_AUTH_ERROR" -> new Receipt.Misconfigured(code, THIRD_PARTY_REMEDY);
      case "UNAUTHENTICATED" -> new Receipt.Misconfigured(code, KEY_REMEDY);
      case "PERMISSION_DENIED" ->
          error.isServiceDisabled()
              ? new Receipt.Misconfigured("SERVICE_DISABLED", API_REMEDY)
              : new Receipt.Misconfigured(code, ROLE_REMEDY);
      case "QUOTA_EXCEEDED", "RESOURCE_EXHAUSTED" -> tooMany(code, refusal, now);
      case "UNAVAILABLE", "INTERNAL" -> new Receipt.Unavailable(code, after(refusal, now));
      default -> byStatus(refusal, now);
    };
  }

  private static Receipt byStatus(GoogleRefusal refusal, Instant now) {
    String reason = "HTTP " + refusal.status();
    return switch (refusal.status()) {
      case 401 -> new Receipt.Misconfigured(reason, KEY_REMEDY);
      case 403 -> new Receipt.Misconfigured(reason, ROLE_REMEDY);
      case TOO_MANY -> tooMany(reason, refusal, now);
      case 400, 404, 413 -> new Receipt.Refused(reason);
      default -> new Receipt.Unavailable(reason, after(refusal, now));
    };
  }

  private static Receipt tooMany(String reason, GoogleRefusal refusal, Instant now) {
    return new Receipt.TooMany(reason, after(refusal, now).or(() -> Optional.of(QUOTA_WAIT)));
  }

  /** An answer of the host that gives access tokens: it concerns all addresses alike. */
  static Receipt ofToken(GoogleRefusal refusal, Instant now) {
    String code = GoogleError.of(refusal.body()).oauthCode();
    boolean isPassing =
        refusal.status() == TOO_MANY
            || refusal.status() >= SERVER_ERROR
            || refusal.status() < 400
            || refusal.status() == 408;
    if (isPassing) {
      return new Receipt.Unavailable(
          "no access token: HTTP " + refusal.status(), after(refusal, now));
    }
    return switch (code) {
      case "invalid_grant",
          "invalid_client",
          "unauthorized_client",
          "invalid_scope",
          "invalid_request",
          "access_denied" ->
          new Receipt.Misconfigured("no access token: " + code, KEY_REMEDY);
      default -> new Receipt.Misconfigured("no access token: HTTP " + refusal.status(), KEY_REMEDY);
    };
  }

  private static Optional<Duration> after(GoogleRefusal refusal, Instant now) {
    return RetryAfter.read(refusal.retryAfter(), now);
  }
}
