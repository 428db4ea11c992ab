package dev.pushgate.callback;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Refusal;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/** How refusals look in HTTP: the one place that knows statuses and codes of docs/phone-api.md. */
final class Refusals {
  private Refusals() {}

  /** The answer to words of a phone that the second factor refused. */
  static Answer of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Malformed(String detail) ->
          Answer.problem(HttpStatus.BAD_REQUEST_400, "malformed", detail);
      case Refusal.Signature() ->
          Answer.problem(HttpStatus.UNAUTHORIZED_401, "signature", null)
              .with(HttpHeader.WWW_AUTHENTICATE, "Bearer");
      case Refusal.Unknown() -> unknown();
      case Refusal.CodeInvalid() -> Answer.problem(HttpStatus.FORBIDDEN_403, "code-invalid", null);
      case Refusal.PasswordNeeded() ->
          Answer.problem(HttpStatus.FORBIDDEN_403, "password-needed", null);
      case Refusal.Unavailable() -> unavailable();
      case Refusal.KeyKnown() -> Answer.problem(HttpStatus.CONFLICT_409, "key-known", null);
      case Refusal.Settled(Settlement.State state) -> settled(state);
      case Refusal.Expired() -> Answer.problem(HttpStatus.GONE_410, "expired", null);
      case Refusal.WrongNumber() ->
          Answer.problem(HttpStatus.UNPROCESSABLE_ENTITY_422, "match", null);
      case Refusal.TooMany(Duration retryAfter) -> tooMany(retryAfter);
    };
  }

  private static Answer settled(Settlement.State state) {
    ObjectNode body = Answer.problemBody(HttpStatus.CONFLICT_409, "settled", null);
    body.put("state", state.word());
    return Answer.of(HttpStatus.CONFLICT_409, "application/problem+json", body);
  }

  /** No such challenge or device. */
  static Answer unknown() {
    return Answer.problem(HttpStatus.NOT_FOUND_404, "unknown", null);
  }

  /**
   * @param retryAfter rounded up to whole seconds, of which it tells one at least
   */
  static Answer tooMany(Duration retryAfter) {
    return Answer.problem(HttpStatus.TOO_MANY_REQUESTS_429, "too-many", null)
        .with(HttpHeader.RETRY_AFTER, seconds(retryAfter));
  }

  /** The server stops, or what it needs is down; it is likely to be back soon. */
  static Answer unavailable() {
    return ofStatus(HttpStatus.SERVICE_UNAVAILABLE_503).with(HttpHeader.RETRY_AFTER, "5");
  }

  static Answer methodNotAllowed(String allowed) {
    return ofStatus(HttpStatus.METHOD_NOT_ALLOWED_405).with(HttpHeader.ALLOW, allowed);
  }

  /** The refusal of a request that was refused as HTTP, before the phone's words were read. */
  static Answer ofStatus(int status) {
    String code =
        switch (status) {
          case HttpStatus.NOT_FOUND_404 -> "not-found";
          case HttpStatus.METHOD_NOT_ALLOWED_405 -> "method";
          case HttpStatus.REQUEST_TIMEOUT_408 -> "timeout";
          case HttpStatus.PAYLOAD_TOO_LARGE_413,
              HttpStatus.URI_TOO_LONG_414,
              HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
              "too-large";
          case HttpStatus.UNSUPPORTED_MEDIA_TYPE_415 -> "type";
          case HttpStatus.TOO_MANY_REQUESTS_429 -> "too-many";
          case HttpStatus.SERVICE_UNAVAILABLE_503 -> "unavailable";
          default -> HttpStatus.isServerError(status) ? "internal" : "malformed";
        };
    return Answer.problem(status, code, null);
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.plusNanos(999_999_999).toSeconds()));
  }
}
