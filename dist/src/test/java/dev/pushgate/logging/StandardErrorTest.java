package dev.pushgate.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandardErrorTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();
  private final Logger log = context.getLogger("test");
  private StandardError appender;

  @BeforeEach
  void start() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    appender = new StandardError(new PrintStream(written, true, StandardCharsets.UTF_8));
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    log.addAppender(appender);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void line_isWrittenSoonWithoutAnyOtherAfterIt() {
    log.info("grüße");
    await().until(() -> lines().equals(List.of("grüße")));
    log.info("again");
    await().until(() -> lines().equals(List.of("grüße", "again")));
  }

  @Test
  void lines_moreThanThereIsRoomForWhileNobodyReads_areAllWrittenInOrder() throws Exception {
    List<String> all = IntStream.range(0, 60_000).mapToObj(i -> "line " + i).toList();
    Thread talkative = Thread.ofPlatform().unstarted(() -> all.forEach(log::info));
    synchronized (written) { // whoever writes to it waits here
      talkative.start();
      await()
          .until(
              () ->
                  talkative.getState() == Thread.State.BLOCKED
                      || talkative.getState() == Thread.State.TERMINATED);
    }
    talkative.join();
    await().until(() -> lines().size() == all.size());
    assertThat(lines()).isEqualTo(all);
  }

  @Test
  void lines_ofManyThreadsWhileItStops_areNotLost() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> IntStream.range(0, 2_000).forEach(n -> log.info("line {}", n))));
    }
    appender.end();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(lines()).hasSize(16_000);
  }

  @Test
  void line_whileTheProcessEnds_isWrittenBeforeLoggingReturns() {
    appender.end();
    log.info("last words");
    assertThat(lines()).containsExactly("last words");
  }
}
