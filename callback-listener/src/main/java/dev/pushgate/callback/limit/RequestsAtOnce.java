package dev.pushgate.callback.limit;

import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lets only so many requests be answered at once, and tells the connections of them. */
public final class RequestsAtOnce extends Handler.Wrapper {
  private final Tally tally;
  private final Connections connections;
  private final Request.Handler tooMany;

  /**
   * @param handler answers those that are let through
   * @param tooMany answers those that are not
   */
  public RequestsAtOnce(
      Handler handler, Limits limits, Connections connections, Request.Handler tooMany) {
    super(handler);
    this.tally = new Tally(limits.requests(), limits.requestsByAddress());
    this.connections = connections;
    this.tooMany = tooMany;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String address = Asker.of(request);
    if (!tally.enter(address)) {
      return tooMany.handle(request, response, callback);
    }
    connections.begin(request);
    Request.addCompletionListener(
        request,
        failure -> {
          connections.end(request);
          tally.leave(address);
        });
    return super.handle(request, response, callback);
  }

  /** Blocks until each request has been answered, but no longer than that. */
  public void awaitNone(Duration longest) throws InterruptedException {
    tally.awaitNone(longest);
  }
}
