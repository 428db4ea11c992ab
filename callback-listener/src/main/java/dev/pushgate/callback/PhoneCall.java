package dev.pushgate.callback;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request of a phone.
 *
 * @param request as it came
 * @param path below the base address, without the query
 * @param bodyTime how long the body may take to arrive
 */
record PhoneCall(Request request, String path, Duration bodyTime) {
  private static final int BODY_OCTETS = 8192;
  private static final int LINGERING_OCTETS = 8 * BODY_OCTETS;
  private static final Duration LINGERING_TIME = Duration.ofSeconds(1);
  private static final String WAIT = "wait=";
  private static final String BEARER = "Bearer ";

  /** What stood in a request's body, or how a request whose body is of no use is answered. */
  sealed interface Body {
    record Jws(String text) implements Body {}

    record Unusable(Answer answer) implements Body {}
  }

  /** What came as a body, which may be nothing, or the status that refuses it. */
  sealed interface RawBody {
    record Nothing() implements RawBody {}

    // Read at once by the one who asked for it.
    @SuppressWarnings("ArrayRecordComponent")
    record Octets(byte[] octets) implements RawBody {}

    record Unusable(int status) implements RawBody {}
  }

  String method() {
    return request.getMethod();
  }

  /** What stands behind the question mark as it came; empty where there is none. */
  String query() {
    return Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
  }

  /** The address that the connection came from. */
  InetAddress from() {
    return ((InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress())
        .getAddress();
  }

  /** What stands behind {@code Authorization: Bearer}, or null where that is not there once. */
  @Nullable String bearer() {
    List<String> values = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
    return values.size() == 1
            && values.getFirst().regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? values.getFirst().substring(BEARER.length()).strip()
        : null;
  }

  /**
   * How long the phone would wait: zero where it does not say, empty where it says it wrong.
   *
   * @param longest that it may ask for
   */
  Optional<Duration> wait(Duration longest) {
    List<String> values =
        Arrays.stream(
                Optional.ofNullable(request.getHttpURI().getQuery()).orElse("").split("&", -1))
            .filter(parameter -> parameter.startsWith(WAIT))
            .map(parameter -> parameter.substring(WAIT.length()))
            .toList();
    if (values.isEmpty()) {
      return Optional.of(Duration.ZERO);
    }
    if (values.size() > 1 || !values.getFirst().matches("[0-9]{1,4}")) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(Integer.parseInt(values.getFirst())))
        .filter(wait -> wait.compareTo(longest) <= 0);
  }

  /** Reads the body: a JWS of at most 8 KiB. */
  Body body() throws IOException {
    if (!isOfType("application/jose")) {
      return unusable(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415);
    }
    return switch (octets()) {
      case RawBody.Nothing() -> new Body.Jws("");
      case RawBody.Octets(byte[] octets) ->
          new Body.Jws(new String(octets, StandardCharsets.UTF_8));
      case RawBody.Unusable(int status) -> unusable(status);
    };
  }

  /** Reads the body: a form of at most 8 KiB, or nothing. */
  RawBody formBody() throws IOException {
    RawBody body = octets();
    return body instanceof RawBody.Octets && !isOfType("application/x-www-form-urlencoded")
        ? new RawBody.Unusable(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415)
        : body;
  }

  private RawBody octets() throws IOException {
    TimeoutException late = new TimeoutException("the body took too long");
    try (InputStream content = Content.Source.asInputStream(request)) {
      if (request.getLength() <= BODY_OCTETS) {
        byte[] octets = read(content, BODY_OCTETS + 1, bodyTime, late);
        if (octets.length <= BODY_OCTETS) {
          return octets.length == 0 ? new RawBody.Nothing() : new RawBody.Octets(octets);
        }
      }
      linger(content);
      return new RawBody.Unusable(HttpStatus.PAYLOAD_TOO_LARGE_413);
    } catch (IOException e) {
      if (e.getCause() == late) {
        return new RawBody.Unusable(HttpStatus.REQUEST_TIMEOUT_408);
      }
      throw e;
    }
  }

  /**
   * Lets a phone that sends somewhat too much come to its end. What is left unread has its stream
   * reset, and a phone that is reset while it sends may never look at the answer.
   */
  private void linger(InputStream content) throws IOException {
    if (request.getLength() > LINGERING_OCTETS) {
      return;
    }
    TimeoutException enough = new TimeoutException("what is too large was waited for");
    try {
      read(content, LINGERING_OCTETS, LINGERING_TIME, enough);
    } catch (IOException e) {
      if (e.getCause() != enough) {
        throw e;
      }
    }
  }

  /**
   * @throws IOException caused by {@code late} where the time is over
   */
  private byte[] read(InputStream content, int most, Duration time, TimeoutException late)
      throws IOException {
    Scheduler.Task alarm =
        request
            .getComponents()
            .getScheduler()
            .schedule(() -> request.fail(late), time.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return content.readNBytes(most);
    } finally {
      alarm.cancel();
    }
  }

  private boolean isOfType(String type) {
    @Nullable String contentType = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase(type);
  }

  private static Body unusable(int status) {
    return new Body.Unusable(Refusals.ofStatus(status));
  }
}
