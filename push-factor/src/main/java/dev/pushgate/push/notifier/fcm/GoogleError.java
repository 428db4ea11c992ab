package dev.pushgate.push.notifier.fcm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What Google says of a request that it refuses ({@code google.rpc.Status} as JSON, with the
 * details that <a href="https://firebase.google.com/docs/cloud-messaging/error-codes">FCM's error
 * codes</a> list).
 */
final class GoogleError {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "type.googleapis.com/";
  private static final String BAD_TOKEN =
      "The registration token is not a valid FCM registration token";

  private final JsonNode error;

  private GoogleError(JsonNode error) {
    this.error = error;
  }

  /**
   * @param body anything; an error that tells nothing when it is not of that form
   */
  static GoogleError of(String body) {
    try {
      return new GoogleError(JSON.readTree(body).path("error"));
    } catch (JsonProcessingException e) {
      return new GoogleError(MissingNode.getInstance());
    }
  }

  /** FCM's own code, else the general one; empty where there is neither. */
  String code() {
    return details("google.firebase.fcm.v1.FcmError")
        .map(detail -> detail.path("errorCode").asText())
        .filter(code -> !code.isEmpty())
        .findFirst()
        .orElseGet(() -> error.path("status").asText());
  }

  /** The code of an answer of the token endpoint (RFC 6749, section 5.2); empty for none. */
  String oauthCode() {
    return error.asText();
  }

  /** Whether the API is switched off in the project. */
  boolean isServiceDisabled() {
    return details("google.rpc.ErrorInfo")
        .anyMatch(detail -> "SERVICE_DISABLED".equals(detail.path("reason").asText()));
  }

  /** Whether an invalid argument is the registration token, and not something else of a message. */
  boolean isAboutTheToken() {
    boolean isNamed =
        details("google.rpc.BadRequest")
            .flatMap(detail -> elements(detail.path("fieldViolations")))
            .anyMatch(violation -> "message.token".equals(violation.path("field").asText()));
    return isNamed || BAD_TOKEN.equals(error.path("message").asText());
  }

  private Stream<JsonNode> details(String type) {
    return elements(error.path("details"))
        .filter(detail -> (TYPE + type).equals(detail.path("@type").asText()));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
