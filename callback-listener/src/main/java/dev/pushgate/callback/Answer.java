package dev.pushgate.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A whole HTTP response, before it is sent.
 *
 * @param status of HTTP
 * @param headers all but those that stand in each response
 * @param body read-only; shared between responses, so it is sliced before it is read
 */
record Answer(int status, HttpFields headers, ByteBuffer body) {
  private static final HttpField NO_STORE = new HttpField(HttpHeader.CACHE_CONTROL, "no-store");

  /** An answer of the phone API. */
  static Answer json(int status, JsonNode body) {
    return of(status, "application/json", body);
  }

  /** An answer of the phone API that has nothing to say. */
  static Answer empty(int status) {
    return new Answer(status, HttpFields.from(NO_STORE), ByteBuffer.allocate(0));
  }

  /**
   * A refusal (RFC 9457).
   *
   * @param code the stable word that docs/phone-api.md promises
   * @param detail for people, or null where the code says it all
   */
  static Answer problem(int status, String code, @Nullable String detail) {
    return of(status, "application/problem+json", problemBody(status, code, detail));
  }

  /** The members that each refusal has. The type is "about:blank", so the title is the status's. */
  static ObjectNode problemBody(int status, String code, @Nullable String detail) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "about:blank")
            .put("title", HttpStatus.getMessage(status))
            .put("status", status)
            .put("code", code);
    return detail == null ? body : body.put("detail", detail);
  }

  static Answer of(int status, String type, JsonNode body) {
    return new Answer(
        status,
        HttpFields.from(new HttpField(HttpHeader.CONTENT_TYPE, type), NO_STORE),
        ByteBuffer.wrap(body.toString().getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
  }

  Answer with(HttpHeader header, String value) {
    return new Answer(status, HttpFields.build(headers).put(header, value), body);
  }

  /** Sends it and completes the callback. */
  void send(Response response, Callback callback) {
    response.setStatus(status);
    response
        .getHeaders()
        .add(headers)
        .put("X-Content-Type-Options", "nosniff")
        .put("Referrer-Policy", "no-referrer");
    if (!HttpStatus.hasNoBody(status)) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
    }
    announceClose(response);
    response.write(true, body.slice(), callback);
  }

  /**
   * Says so when the connection will end by this answer, since a request's body was left unread.
   * Unannounced, it would fail a phone that sends its next request on it.
   */
  private static void announceClose(Response response) {
    Request request = response.getRequest();
    boolean isAlone =
        request.getConnectionMetaData().getHttpVersion().compareTo(HttpVersion.HTTP_2) < 0;
    if (isAlone && !request.consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
  }
}
