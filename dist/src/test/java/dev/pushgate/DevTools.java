package dev.pushgate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The Chrome DevTools Protocol, for what WebDriver cannot do: workers, their pushes, and what
 * Chromium tells of by itself.
 */
final class DevTools implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http;
  private final WebSocket socket;
  private final Messages messages;
  private final AtomicInteger last = new AtomicInteger();

  private DevTools(HttpClient http, WebSocket socket, Messages messages) {
    this.http = http;
    this.socket = socket;
    this.messages = messages;
  }

  /**
   * @param address {@code HOST:PORT} of Chromium's debugger
   */
  static DevTools at(String address) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    URI version = URI.create("http://" + address + "/json/version");
    String about =
        http.send(HttpRequest.newBuilder(version).build(), BodyHandlers.ofString()).body();
    URI line = URI.create(JSON.readTree(about).path("webSocketDebuggerUrl").asText());
    Messages messages = new Messages();
    return new DevTools(
        http, http.newWebSocketBuilder().buildAsync(line, messages).join(), messages);
  }

  /** A session with one page or worker. */
  final class Session {
    private final String id;

    private Session(String id) {
      this.id = id;
    }

    JsonNode send(String method, Map<String, ?> parameters) {
      return DevTools.this.send(method, parameters, id);
    }

    /** Waits for what an expression comes to, promises awaited. */
    JsonNode evaluate(String expression) {
      JsonNode answer =
          send(
              "Runtime.evaluate",
              Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
      if (answer.has("exceptionDetails")) {
        throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
      }
      return answer.path("result").path("value");
    }

    /** What it has told by itself so far under this name, oldest first. */
    List<JsonNode> told(String method) {
      return messages.events.stream()
          .filter(event -> event.path("method").asText().equals(method))
          .filter(event -> event.path("sessionId").asText().equals(id))
          .map(event -> event.path("params"))
          .toList();
    }
  }

  /** Opens a session with a page, which has the handle of its window as identifier. */
  Session page(String windowHandle) {
    return attach(windowHandle);
  }

  /** Opens a session with the worker at this address, once there is one. */
  Session worker(String address) {
    String target =
        Awaitility.await("a worker at " + address)
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .until(() -> targetOfWorker(address), found -> found != null);
    return attach(target);
  }

  private @Nullable String targetOfWorker(String address) {
    for (JsonNode target : send("Target.getTargets", Map.of()).path("targetInfos")) {
      if (target.path("type").asText().equals("service_worker")
          && target.path("url").asText().equals(address)) {
        return target.path("targetId").asText();
      }
    }
    return null;
  }

  private Session attach(String target) {
    return new Session(
        send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asText());
  }

  /** Sends a command to the browser as a whole and waits for its answer. */
  JsonNode send(String method, Map<String, ?> parameters) {
    return send(method, parameters, null);
  }

  private synchronized JsonNode send(
      String method, Map<String, ?> parameters, @Nullable String session) {
    int id = last.incrementAndGet();
    Map<String, Object> command =
        new TreeMap<>(Map.of("id", id, "method", method, "params", parameters));
    if (session != null) {
      command.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    messages.awaited.put(id, answer);
    try {
      socket.sendText(JSON.writeValueAsString(command), true).join();
      JsonNode given = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (given.has("error")) {
        throw new AssertionError(method + ": " + given.path("error"));
      }
      return given.path("result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new AssertionError(method, e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  /** What comes back. */
  private static final class Messages implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    private void take(String message) {
      try {
        JsonNode read = JSON.readTree(message);
        CompletableFuture<JsonNode> answer = awaited.remove(read.path("id").asInt());
        if (answer == null) {
          events.add(read);
        } else {
          answer.complete(read);
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
