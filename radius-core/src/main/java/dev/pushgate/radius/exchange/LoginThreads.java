package dev.pushgate.radius.exchange;

import dev.pushgate.radius.login.AccessRequest;
import dev.pushgate.radius.login.LoginFlow;
import dev.pushgate.radius.login.Replies;
import dev.pushgate.radius.login.Words;
import dev.pushgate.radius.packet.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each new request a virtual thread, a time limit and exactly one reply.
 *
 * <p>Safe for use by many threads.
 */
public final class LoginThreads {
  private static final Logger log = LoggerFactory.getLogger(LoginThreads.class);

  /** How long after a login's deadline it is answered over the head of whoever decides it. */
  private static final Duration OVERSTAY = Duration.ofMillis(250);

  /** How long a stop waits for threads that were interrupted, for them to tidy up. */
  private static final Duration TIDYING = Duration.ofSeconds(2);

  private final LoginFlow logins;
  private final Exchanges exchanges;
  private final ScheduledExecutorService timer;
  private final InstantSource clock;
  private volatile boolean stopping;

  /**
   * @param logins decides
   * @param timer ends logins whose time is over
   */
  public LoginThreads(
      LoginFlow logins, Exchanges exchanges, ScheduledExecutorService timer, InstantSource clock) {
    this.logins = logins;
    this.exchanges = exchanges;
    this.timer = timer;
    this.clock = clock;
  }

  /** Starts to work on a request; returns at once. */
  public void start(Exchange exchange) {
    AccessRequest request = exchange.request();
    if (stopping) {
      answer(exchange, Replies.reject(request, Words.STOPPING));
      return;
    }
    Duration patience = Duration.between(clock.instant(), request.answerBy().plus(OVERSTAY));
    Future<?> limit =
        timer.schedule(
            () -> endEarly(exchange, Words.TOO_LATE), patience.toMillis(), TimeUnit.MILLISECONDS);
    Thread worker =
        Thread.ofVirtual().name("login-" + request.loginId()).unstarted(() -> decide(exchange));
    exchange.startedOn(worker, limit);
    worker.start();
  }

  private void decide(Exchange exchange) {
    AccessRequest request = exchange.request();
    try {
      logins.decide(exchange);
    } catch (InterruptedException e) {
      // Whoever interrupts answers first; only a factor that gives up by itself has not.
      if (answer(exchange, Replies.reject(request, Words.UNAVAILABLE))) {
        log.error("{}: refused, the factor was interrupted", request);
      }
    } catch (RuntimeException e) {
      log.error("{}: refused, an error on our side", request, e);
      answer(exchange, Replies.reject(request, Words.UNAVAILABLE));
    }
  }

  private void endEarly(Exchange exchange, String words) {
    if (answer(exchange, Replies.reject(exchange.request(), words))) {
      log.warn("{}: refused, {}", exchange.request(), words);
    }
    exchange.endTime();
  }

  private boolean answer(Exchange exchange, Reply reply) {
    return exchange.answer(reply);
  }

  /**
   * Rejects what waits and whatever comes from now on, and lets the threads tidy up.
   *
   * <p>Takes about 2 seconds at most; a thread that does not end by then is left alone.
   */
  public void stop() {
    stopping = true;
    List<Exchange> waiting = exchanges.unanswered();
    waiting.forEach(exchange -> endEarly(exchange, Words.STOPPING));
    long end = System.nanoTime() + TIDYING.toNanos();
    for (Exchange exchange : waiting) {
      exchange.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }
}
