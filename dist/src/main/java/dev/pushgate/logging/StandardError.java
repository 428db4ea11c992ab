package dev.pushgate.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Writes log lines to standard error, on a thread of its own and many at a time: a write of its own
 * for each line would cost a login more than all the rest of it.
 *
 * <p>A line is written within a few milliseconds. None is dropped: where lines come faster than
 * they can be written, whoever logs writes. From the moment this process begins to end, lines are
 * written before logging returns; only one that is killed by force can lose its last ones.
 */
public final class StandardError extends UnsynchronizedAppenderBase<ILoggingEvent> {
  /** How many lines wait at most. */
  private static final int ROOM = 16_384;

  /** How long lines gather before they are written. */
  private static final Duration GATHERING = Duration.ofMillis(5);

  private final BlockingQueue<byte[]> lines = new LinkedBlockingQueue<>(ROOM);
  private final Semaphore news = new Semaphore(0);
  private final PrintStream target;
  private @Nullable Encoder<ILoggingEvent> encoder;
  private volatile boolean ending;

  /** Writes to standard error. */
  public StandardError() {
    this(System.err);
  }

  StandardError(PrintStream target) {
    this.target = target;
  }

  /** Makes a line of an event; called by the configuration. */
  public void setEncoder(Encoder<ILoggingEvent> encoder) {
    this.encoder = encoder;
  }

  @Override
  public void start() {
    if (encoder == null) {
      addError("appender " + getName() + " has no encoder");
      return;
    }
    Thread.ofPlatform().name("log-writer").daemon().start(this::writeUntilTheEnd);
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "log-end"));
    super.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    Encoder<ILoggingEvent> lineOf = encoder;
    if (lineOf == null) {
      return;
    }
    byte[] line = lineOf.encode(event);
    while (!lines.offer(line)) {
      writeAll();
    }
    if (ending) {
      writeAll();
    } else if (news.availablePermits() == 0) {
      news.release();
    }
  }

  private void writeUntilTheEnd() {
    try {
      while (!ending) {
        news.acquire();
        Thread.sleep(GATHERING);
        news.drainPermits();
        writeAll();
      }
    } catch (InterruptedException e) {
      end();
    }
  }

  /** Writes what waits, in the order in which it was logged. */
  private synchronized void writeAll() {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (byte[] line = lines.poll(); line != null; line = lines.poll()) {
      octets.writeBytes(line);
    }
    if (octets.size() > 0) {
      target.writeBytes(octets.toByteArray());
      target.flush();
    }
  }

  /** From now on lines are written before logging returns. */
  void end() {
    // In this order: whoever still saw 'false' has left a line that is written here.
    ending = true;
    writeAll();
  }

  @Override
  public void stop() {
    super.stop();
    end();
    news.release();
  }
}
