package dev.pushgate;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** All that is logged by whatever logger from its opening on; restores the levels when closed. */
final class CapturedLog implements AutoCloseable {
  private final Logger root = logger(Logger.ROOT_LOGGER_NAME);
  private final Map<Logger, @Nullable Level> levelsBefore = new LinkedHashMap<>();
  private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          events.add(event);
        }
      };

  private CapturedLog() {
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
  }

  static CapturedLog open() {
    return new CapturedLog();
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  /** Lets that logger, and those below that have no level of their own, say so much. */
  CapturedLog at(String name, Level level) {
    Logger logger = logger(name);
    levelsBefore.putIfAbsent(logger, logger.getLevel());
    logger.setLevel(level);
    return this;
  }

  /** Each message of these loggers by itself, and each text of an exception. */
  List<String> messages(String loggers) {
    List<String> messages = new ArrayList<>();
    for (ILoggingEvent event : events) {
      if (!event.getLoggerName().startsWith(loggers)) {
        continue;
      }
      messages.add(event.getFormattedMessage());
      IThrowableProxy throwable = event.getThrowableProxy();
      while (throwable != null) {
        messages.add(String.valueOf(throwable.getMessage()));
        throwable = throwable.getCause();
      }
    }
    return messages;
  }

  /** What these loggers said in a row, with the stack traces, as a log file would have it. */
  String text(String loggers) {
    StringBuilder text = new StringBuilder();
    for (ILoggingEvent event : events) {
      if (event.getLoggerName().startsWith(loggers)) {
        text.append(event.getLoggerName()).append(' ').append(event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
          text.append('\n').append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    levelsBefore.forEach(Logger::setLevel);
    root.detachAppender(appender);
    appender.stop();
  }
}
