package dev.pushgate.push.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.PushAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class PollNotifierTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final PollNotifier polls = new PollNotifier();
  private final TestClock clock = new TestClock();
  private final Device device =
      new Device(
          "d",
          "alice",
          "a phone",
          new TestPhone(TestServer.BASE, clock).key(),
          new PushAddress.Apns("ab"),
          clock.instant(),
          null);
  private final Notice notice = new Notice("c", TestServer.BASE, clock.instant());

  private FutureTask<PollNotifier.Wake> waiting(PollNotifier.Poll poll) {
    FutureTask<PollNotifier.Wake> task = new FutureTask<>(() -> poll.await(LONG));
    Thread.startVirtualThread(task);
    return task;
  }

  @Test
  void notice_wakesAllPollsOfTheDeviceWhateverItsAddress() {
    assertThat(polls.serves(device.push())).isTrue();
    try (PollNotifier.Poll one = polls.register("d");
        PollNotifier.Poll other = polls.register("d")) {
      FutureTask<PollNotifier.Wake> first = waiting(one);
      FutureTask<PollNotifier.Wake> second = waiting(other);
      polls.tell(device, notice);
      assertThat(TestServer.result(first)).isEqualTo(PollNotifier.Wake.TOLD);
      assertThat(TestServer.result(second)).isEqualTo(PollNotifier.Wake.TOLD);
    }
  }

  @Test
  void noticeBetweenRegistrationAndWait_isNotLost() throws Exception {
    try (PollNotifier.Poll poll = polls.register("d")) {
      polls.tell(device, notice);
      assertThat(poll.await(LONG)).isEqualTo(PollNotifier.Wake.TOLD);
    }
  }

  @Test
  void noticeForAnother_wakesNobody() throws Exception {
    try (PollNotifier.Poll poll = polls.register("other")) {
      polls.tell(device, notice);
      assertThat(poll.await(Duration.ofMillis(1))).isEqualTo(PollNotifier.Wake.TIME_OVER);
    }
  }

  @Test
  void pollsBeyondTheLimit_endTheOldest() throws Exception {
    List<PollNotifier.Poll> registered = new ArrayList<>();
    for (int i = 0; i < PollNotifier.MOST_PER_DEVICE + 2; i++) {
      registered.add(polls.register("d"));
    }
    assertThat(registered.get(0).await(LONG)).isEqualTo(PollNotifier.Wake.DISPLACED);
    assertThat(registered.get(1).await(LONG)).isEqualTo(PollNotifier.Wake.DISPLACED);
    assertThat(registered.get(2).await(Duration.ZERO)).isEqualTo(PollNotifier.Wake.TIME_OVER);
    registered.forEach(PollNotifier.Poll::close);
  }

  @Test
  void closedPoll_makesRoom() throws Exception {
    try (PollNotifier.Poll oldest = polls.register("d")) {
      for (int i = 0; i < 10; i++) {
        polls.register("d").close();
      }
      assertThat(oldest.await(Duration.ZERO)).isEqualTo(PollNotifier.Wake.TIME_OVER);
    }
  }

  @Test
  void close_endsPollsThatWaitAndThoseThatCome() throws Exception {
    PollNotifier.Poll before = polls.register("d");
    polls.close();
    assertThat(before.await(LONG)).isEqualTo(PollNotifier.Wake.DISPLACED);
    assertThat(polls.register("d").await(LONG)).isEqualTo(PollNotifier.Wake.DISPLACED);
  }
}
