package dev.pushgate.callback;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each request to the web app or to the phone API, and the answer back, on a virtual thread
 * of its own.
 */
final class CallbackHandler extends Handler.Abstract.NonBlocking {
  private static final Logger log = LoggerFactory.getLogger(CallbackHandler.class);

  private final ThreadFactory threads = Thread.ofVirtual().name("callback-", 0).factory();
  private final String prefix;
  private final WebApp webApp;
  private final PhoneApi api;
  private final Optional<PrivacyIdeaApi> privacyIdea;
  private final Duration bodyTime;
  private final Answer healthy;

  /**
   * @param prefix of paths, without a slash at its end; served with it and without
   * @param privacyIdea where privacyIDEA Authenticator is taken, or empty where it is not
   * @param bodyTime how long a body may take to arrive
   */
  CallbackHandler(
      String prefix,
      WebApp webApp,
      PhoneApi api,
      Optional<PrivacyIdeaApi> privacyIdea,
      Duration bodyTime) {
    this.prefix = prefix;
    this.webApp = webApp;
    this.api = api;
    this.privacyIdea = privacyIdea;
    this.bodyTime = bodyTime;
    this.healthy =
        new Answer(
            HttpStatus.OK_200,
            HttpFields.build()
                .put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8")
                .put(HttpHeader.CACHE_CONTROL, "no-store"),
            ByteBuffer.wrap("ok".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    // A phone that waits is silent for a minute. Silence where none belongs has limits of its own.
    request.addIdleTimeoutListener(silence -> false);
    threads.newThread(() -> serve(request, response, callback)).start();
    return true;
  }

  private void serve(Request request, Response response, Callback callback) {
    try {
      answer(request).send(response, callback);
    } catch (InterruptedException e) {
      Refusals.unavailable().send(response, callback);
    } catch (IOException | HttpException.RuntimeException e) {
      callback.failed(e);
    } catch (RuntimeException | Error e) {
      internalError(e).send(response, callback);
    }
  }

  private Answer answer(Request request) throws IOException, InterruptedException {
    String full = Optional.ofNullable(Request.getPathInContext(request)).orElse("");
    if (!prefix.isEmpty() && full.equals(prefix)) {
      // The web app's links are relative, so its page needs the slash.
      return Answer.empty(HttpStatus.PERMANENT_REDIRECT_308)
          .with(HttpHeader.LOCATION, prefix + "/");
    }
    String path = full.startsWith(prefix + "/") ? full.substring(prefix.length()) : full;
    if (path.equals("/healthz")) {
      return health(request);
    }
    Optional<Answer> file = webApp.answer(request, path);
    if (file.isPresent()) {
      return file.get();
    }
    PhoneCall call = new PhoneCall(request, path, bodyTime);
    if (privacyIdea.isPresent()) {
      Optional<Answer> answer = privacyIdea.get().answer(call);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    return api.answer(call).orElseGet(() -> Refusals.ofStatus(HttpStatus.NOT_FOUND_404));
  }

  private Answer health(Request request) {
    return switch (request.getMethod()) {
      case "GET", "HEAD" -> healthy;
      default -> Refusals.methodNotAllowed("GET, HEAD");
    };
  }

  private static Answer internalError(Throwable e) {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    log.error("a phone's request failed, error {}", id, e);
    return Answer.problem(
        HttpStatus.INTERNAL_SERVER_ERROR_500, "internal", "The server's log tells more of " + id);
  }

  /** Answers what Jetty refuses by itself: requests that are broken as HTTP, too large or late. */
  static boolean refuse(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Answer answer =
        status == HttpStatus.SERVICE_UNAVAILABLE_503
            ? Refusals.unavailable()
            : Refusals.ofStatus(status);
    answer.send(response, callback);
    return true;
  }
}
