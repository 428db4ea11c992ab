package dev.pushgate.push.notifier.apns;

import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.pushgate.push.notifier.Uplink;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Apple's service: opened at once, looked after, and given up where Pushy alone
 * would wait too long for a login.
 *
 * <ul>
 *   <li>Pushy pings a connection on which nothing has come for a while, and closes one that does
 *       not answer; it opens the next when there is something to send. We have it look more often
 *       than that, so that the first login of the morning finds one open.
 *   <li>After a change of network, what is sent is lost in silence until such a ping fails. So when
 *       an answer is missing and nothing else has come either, the line is given up.
 *   <li>When it cannot connect, Pushy waits up to a minute before it tries again, keeps what is to
 *       be sent, and knows a proxy's address from the start only. So that line is given up too: how
 *       often it is worth to try is for the delivery to say.
 * </ul>
 */
final class ApnsConnection implements AutoCloseable {
  private static final String EXPIRED_PROVIDER_TOKEN = "ExpiredProviderToken";
  private static final String STOPS = "Pushgate stops";
  private static final Duration LOOK_EVERY = Duration.ofMinutes(5);
  private static final Duration UNTIL_LINE_IS_CLOSED = Duration.ofMillis(600);
  private static final Duration UNTIL_THREADS_END = Duration.ofMillis(500);

  private final ApnsSettings settings;
  private final Uplink uplink;
  private final Duration patience;
  private final NioEventLoopGroup threads =
      new NioEventLoopGroup(1, new DefaultThreadFactory("apns", true));
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  /** Held by who makes a line, which may take long where names are not looked up. */
  private final ReentrantLock making = new ReentrantLock();

  private final AtomicReference<@Nullable ApnsLine> line = new AtomicReference<>();
  private volatile boolean closed;

  /**
   * @param patience for how long an answer may be missing, with nothing else coming either
   */
  ApnsConnection(ApnsSettings settings, Uplink uplink, Duration patience) {
    this.settings = settings;
    this.uplink = uplink;
    this.patience = patience;
    var _ =
        threads.scheduleWithFixedDelay(
            () -> Thread.ofVirtual().name("apns-open").start(this::open),
            0,
            LOOK_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void open() {
    try {
      line().open();
    } catch (IOException e) {
      // Whoever has something to send will see it for himself.
    }
  }

  /**
   * Sends, and blocks until there is an answer.
   *
   * @throws IOException when none will come: its text says why and has no token in it
   */
  PushNotificationResponse<SimpleApnsPushNotification> send(SimpleApnsPushNotification notification)
      throws IOException, InterruptedException {
    ApnsLine used = line();
    try {
      var response = send(used, notification);
      if (response.getRejectionReason().filter(EXPIRED_PROVIDER_TOKEN::equals).isEmpty()) {
        return response;
      }
      // Apple takes no other token on that connection; a new one begins with a new token.
      giveUp(used);
    } catch (NeverSentException e) {
      // It waited for a connection that others have given up.
    }
    return send(line(), notification);
  }

  /** The line was given up before it was sent. */
  private static final class NeverSentException extends IOException {
    private static final long serialVersionUID = 1;

    NeverSentException(String message) {
      super(message);
    }
  }

  private PushNotificationResponse<SimpleApnsPushNotification> send(
      ApnsLine used, SimpleApnsPushNotification notification)
      throws IOException, InterruptedException {
    var response = used.send(notification);
    CompletableFuture<Object> ended = CompletableFuture.anyOf(response, stopped);
    try {
      long heard;
      do {
        heard = used.heard();
        try {
          var _ = ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
          if (response.isDone()) {
            return response.get();
          }
          throw new IOException(STOPS);
        } catch (TimeoutException e) {
          // Somebody else may have heard of Apple in the meantime: then it is only slow.
        }
      } while (used.heard() != heard);
      giveUp(used);
      throw new IOException("no answer from " + settings.environment().host());
    } catch (ExecutionException e) {
      String text = ApnsFailure.text(e.getCause(), settings.environment().host());
      throw e.getCause() instanceof IllegalStateException
          ? new NeverSentException(text)
          : new IOException(text);
    } finally {
      response.cancel(true);
    }
  }

  private ApnsLine line() throws IOException {
    ApnsLine present = line.get();
    return present == null ? newLine() : present;
  }

  private ApnsLine newLine() throws IOException {
    making.lock();
    try {
      if (closed) {
        throw new IOException(STOPS);
      }
      ApnsLine present = line.get();
      if (present != null) {
        return present;
      }
      ApnsLine made = new ApnsLine(settings, uplink, threads, this::giveUp);
      line.set(made);
      if (closed) {
        // Meanwhile, so that nobody else will close it.
        giveUp(made);
        throw new IOException(STOPS);
      }
      return made;
    } finally {
      making.unlock();
    }
  }

  private void giveUp(ApnsLine dead) {
    var _ = line.compareAndSet(dead, null);
    // Only now: what waits for it goes to the next line at once.
    var _ = dead.close();
  }

  /** Lets answers that are on their way arrive for a moment; whoever waits longer gets none. */
  @Override
  public void close() {
    closed = true;
    ApnsLine last = line.getAndSet(null);
    if (last != null) {
      var _ =
          last.close()
              .completeOnTimeout(null, UNTIL_LINE_IS_CLOSED.toMillis(), TimeUnit.MILLISECONDS)
              .join();
    }
    var _ = stopped.complete(null);
    var _ =
        threads
            .shutdownGracefully(0, UNTIL_THREADS_END.toMillis(), TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(UNTIL_THREADS_END.toMillis());
  }
}
