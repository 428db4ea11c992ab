package dev.pushgate.push.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class PollsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final TestClock clock = new TestClock();
  private final Polls polls = new Polls(clock);

  private FutureTask<Polls.Wake> waiting(Polls.Poll poll) {
    FutureTask<Polls.Wake> task = new FutureTask<>(() -> poll.await(LONG));
    Thread.startVirtualThread(task);
    return task;
  }

  @Test
  void notice_wakesAllPollsOfTheDevice() {
    try (Polls.Poll one = polls.register("d");
        Polls.Poll other = polls.register("d")) {
      FutureTask<Polls.Wake> first = waiting(one);
      FutureTask<Polls.Wake> second = waiting(other);
      polls.tell("d");
      assertThat(TestServer.result(first)).isEqualTo(Polls.Wake.TOLD);
      assertThat(TestServer.result(second)).isEqualTo(Polls.Wake.TOLD);
    }
  }

  @Test
  void noticeBetweenRegistrationAndWait_isNotLost() throws Exception {
    try (Polls.Poll poll = polls.register("d")) {
      polls.tell("d");
      assertThat(poll.await(LONG)).isEqualTo(Polls.Wake.TOLD);
    }
  }

  @Test
  void noticeForAnother_wakesNobody() throws Exception {
    try (Polls.Poll poll = polls.register("other")) {
      polls.tell("d");
      assertThat(poll.await(Duration.ofMillis(1))).isEqualTo(Polls.Wake.TIME_OVER);
    }
  }

  @Test
  void pollsBeyondTheLimit_endTheOldest() throws Exception {
    List<Polls.Poll> registered = new ArrayList<>();
    for (int i = 0; i < Polls.MOST_PER_DEVICE + 2; i++) {
      registered.add(polls.register("d"));
    }
    assertThat(registered.get(0).await(LONG)).isEqualTo(Polls.Wake.DISPLACED);
    assertThat(registered.get(1).await(LONG)).isEqualTo(Polls.Wake.DISPLACED);
    assertThat(registered.get(2).await(Duration.ZERO)).isEqualTo(Polls.Wake.TIME_OVER);
    registered.forEach(Polls.Poll::close);
  }

  @Test
  void closedPoll_makesRoom() throws Exception {
    try (Polls.Poll oldest = polls.register("d")) {
      for (int i = 0; i < 10; i++) {
        polls.register("d").close();
      }
      assertThat(oldest.await(Duration.ZERO)).isEqualTo(Polls.Wake.TIME_OVER);
    }
  }

  @Test
  void close_endsPollsThatWaitAndThoseThatCome() throws Exception {
    Polls.Poll before = polls.register("d");
    polls.close();
    assertThat(before.await(LONG)).isEqualTo(Polls.Wake.DISPLACED);
    assertThat(polls.register("d").await(LONG)).isEqualTo(Polls.Wake.DISPLACED);
  }

  @Test
  void deviceThatHasAsked_isAskingForAMinute() {
    assertThat(polls.isAsking("d")).isFalse();
    polls.asked("d");
    clock.advance(Duration.ofSeconds(59));
    assertThat(polls.isAsking("d")).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(polls.isAsking("d")).isFalse();
    try (Polls.Poll _ = polls.register("d")) {
      assertThat(polls.isAsking("d")).isTrue();
    }
    assertThat(polls.isAsking("d")).isFalse();
  }
}
