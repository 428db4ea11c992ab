package dev.pushgate.radius.exchange;

import dev.pushgate.radius.client.SignatureRatchet;
import dev.pushgate.radius.login.AccessRequest;
import dev.pushgate.radius.login.LoginAudit;
import dev.pushgate.radius.login.LoginFlow;
import dev.pushgate.radius.login.Replies;
import dev.pushgate.radius.message.Message;
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
  private final SignatureRatchet signatures;
  private final Exchanges exchanges;
  private final LoginAudit audit;
  private final ScheduledExecutorService timer;
  private final InstantSource clock;
  private volatile boolean stopping;

  /**
   * @param logins decides
   * @param signatures is told to keep what it has learned before an answer leaves
   * @param timer ends logins whose time is over
   */
  public LoginThreads(
      LoginFlow logins,
      SignatureRatchet signatures,
      Exchanges exchanges,
      LoginAudit audit,
      ScheduledExecutorService timer,
      InstantSource clock) {
    this.logins = logins;
    this.signatures = signatures;
    this.exchanges = exchanges;
    this.audit = audit;
    this.timer = timer;
    this.clock = clock;
  }

  /** Starts to work on a request; returns at once. */
  public void start(Exchange exchange) {
    AccessRequest request = exchange.request();
    if (stopping) {
      endEarly(exchange, "stopping", Message.STOPPING);
      return;
    }
    Duration patience = Duration.between(clock.instant(), request.answerBy().plus(OVERSTAY));
    Future<?> limit =
        timer.schedule(
            () -> Thread.startVirtualThread(() -> endEarly(exchange, "too-late", Message.TOO_LATE)),
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
    Thread worker =
        Thread.ofVirtual().name("login-" + request.loginId()).unstarted(() -> decide(exchange));
    exchange.startedOn(worker, limit);
    worker.start();
  }

  private void decide(Exchange exchange) {
    AccessRequest request = exchange.request();
    try {
      signatures.keep(exchange.key().slot().source().address().getAddress());
      logins.decide(exchange);
    } catch (InterruptedException e) {
      // Whoever interrupts answers first; only a factor that gives up by itself has not.
      if (reject(exchange, "interrupted", Message.UNAVAILABLE)) {
        log.error("{}: refused, the factor was interrupted", request);
      }
    } catch (RuntimeException e) {
      log.error("{}: refused, an error on our side", request, e);
      reject(exchange, "error", Message.UNAVAILABLE);
    }
  }

  private void endEarly(Exchange exchange, String reason, Message message) {
    if (reject(exchange, reason, message)) {
      log.warn("{}: refused, {}", exchange.request(), reason);
    }
    exchange.endTime();
  }

  private boolean reject(Exchange exchange, String reason, Message message) {
    return exchange.answer(
        () -> {
          audit.rejected(exchange.request(), reason);
          return Replies.reject(exchange.request(), message.in(exchange.request().language()));
        });
  }

  /**
   * Rejects what waits and whatever comes from now on, and lets the threads tidy up.
   *
   * <p>Takes about 2 seconds at most; a thread that does not end by then is left alone.
   */
  public void stop() {
    stopping = true;
    List<Exchange> waiting = exchanges.unanswered();
    // Each on a thread of its own, so that they share the writing of the audit.
    List<Thread> endings =
        waiting.stream()
            .map(
                each ->
                    Thread.startVirtualThread(() -> endEarly(each, "stopping", Message.STOPPING)))
            .toList();
    long end = System.nanoTime() + TIDYING.toNanos();
    endings.forEach(ending -> awaitEnd(ending, end));
    waiting.forEach(exchange -> exchange.worker().ifPresent(worker -> awaitEnd(worker, end)));
  }

  private static void awaitEnd(Thread thread, long end) {
    try {
      boolean unused = thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
