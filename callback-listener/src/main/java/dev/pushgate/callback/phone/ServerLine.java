package dev.pushgate.callback.phone;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way from one phone to the server at one base address, and the time that holds there. */
final class ServerLine {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Makes a request anew for each try: what is signed holds the server's time. */
  interface Signed {
    HttpRequest.Builder at(Instant serverTime);
  }

  private final HttpClient http;
  private final String base;
  private final InstantSource clock;
  private final ObjectMapper json = new ObjectMapper();
  private volatile @Nullable Duration ahead;

  ServerLine(HttpClient http, String base, InstantSource clock) {
    this.http = http;
    this.base = base;
    this.clock = clock;
  }

  String base() {
    return base;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
  }

  HttpRequest.Builder waitingRequest(String path, Duration wait) {
    return request(path + "?wait=" + wait.toSeconds()).timeout(PATIENCE.plus(wait));
  }

  /**
   * Sends what must be signed; after a 401, which may only mean that the server's time was not
   * known well enough, once more.
   *
   * @param done reads the body of an answer of success
   */
  <T> Reply<T> ask(Signed request, Function<JsonNode, T> done)
      throws IOException, InterruptedException {
    HttpResponse<String> response = send(request.at(serverTime()).build());
    if (response.statusCode() == 401) {
      ahead = null;
      response = send(request.at(serverTime()).build());
    }
    return reply(response, done);
  }

  private Instant serverTime() throws IOException, InterruptedException {
    Duration offset = ahead;
    if (offset == null) {
      HttpResponse<String> config = send(request("/v1/config").build());
      if (config.statusCode() != 200) {
        throw new IOException("the server tells no time, status " + config.statusCode());
      }
      offset =
          Duration.between(
              clock.instant(), Instant.ofEpochSecond(parse(config).path("time").asLong()));
      ahead = offset;
    }
    return clock.instant().plus(offset);
  }

  /** Sends; where the connection breaks, the very same once more, which the API allows. */
  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  private <T> Reply<T> reply(HttpResponse<String> response, Function<JsonNode, T> done)
      throws IOException {
    JsonNode body = parse(response);
    int status = response.statusCode();
    if (status / 100 == 2) {
      return new Reply.Done<>(done.apply(body));
    }
    return new Reply.Refused<>(
        status,
        body.path("code").asText("none"),
        body.path("state").asText(null),
        response
            .headers()
            .firstValue("Retry-After")
            .filter(seconds -> seconds.matches("[0-9]{1,6}"))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(null));
  }

  private JsonNode parse(HttpResponse<String> response) throws IOException {
    try {
      return json.readTree(response.body());
    } catch (JacksonException e) {
      throw new IOException("no answer of a Pushgate server, status " + response.statusCode(), e);
    }
  }
}
