package dev.pushgate.callback;

import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Enrolled;
import dev.pushgate.push.phone.PhoneAnswer;
import dev.pushgate.push.phone.PhoneRequests;
import dev.pushgate.push.phone.Question;
import dev.pushgate.push.phone.Refusal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Answers as a test has written down, and remembers what it was asked. */
final class ScriptedPhones implements PhoneRequests {
  static final String ID = "abcdefghijklmnopqrstuv";
  static final Question QUESTION =
      new Question(
          ID,
          "bm9uY2U",
          "alice",
          "Demo VPN",
          "fortigate-hq",
          null,
          Instant.ofEpochSecond(1_000),
          Instant.ofEpochSecond(1_060),
          0);

  /** The same with three options to choose from. */
  static Question choosing(ChallengeNotes notes) {
    return new Question(
        QUESTION.id(),
        QUESTION.nonce(),
        QUESTION.user(),
        QUESTION.service(),
        QUESTION.client(),
        QUESTION.from(),
        QUESTION.issued(),
        QUESTION.expires(),
        0,
        List.of("12", "47", "83"),
        notes);
  }

  final Queue<String> asked = new ConcurrentLinkedQueue<>();
  final AtomicInteger waiting = new AtomicInteger();
  final CountDownLatch challenge = new CountDownLatch(1);
  volatile List<Question> open = List.of();
  volatile @Nullable Refusal refusal;
  volatile @Nullable RuntimeException failure;

  @Override
  public PhoneAnswer<Enrolled> enrol(String jws, InetAddress from) {
    return answer(
        "enrol " + jws + " " + from.getHostAddress(),
        new Enrolled(ID, "alice", "Demo VPN", "Alice's phone"));
  }

  @Override
  public PhoneAnswer<List<Question>> challenges(@Nullable String bearer, String path, Duration wait)
      throws InterruptedException {
    PhoneAnswer<List<Question>> answer =
        answer("challenges " + bearer + " " + path + " " + wait.toSeconds(), open);
    waiting.incrementAndGet();
    try {
      boolean unused = challenge.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      waiting.decrementAndGet();
    }
    return answer;
  }

  @Override
  public PhoneAnswer<Question> challenge(@Nullable String bearer, String path, String id) {
    return answer("challenge " + bearer + " " + path + " " + id, QUESTION);
  }

  @Override
  public PhoneAnswer<Settlement.State> settle(String challenge, String jws) {
    return answer("settle " + challenge + " " + jws, Settlement.State.APPROVED);
  }

  @Override
  public PhoneAnswer<Enrolled> changePush(String device, String jws) {
    return answer(
        "changePush " + device + " " + jws,
        new Enrolled(device, "alice", "Demo VPN", "Alice's phone"));
  }

  @Override
  public PhoneAnswer<String> remove(@Nullable String bearer, String path, String device) {
    return answer("remove " + bearer + " " + path + " " + device, device);
  }

  private <T> PhoneAnswer<T> answer(String question, T value) {
    asked.add(question + (Thread.currentThread().isVirtual() ? "" : " on a platform thread"));
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    Refusal why = refusal;
    return why == null ? new PhoneAnswer.Taken<>(value) : new PhoneAnswer.Refused<>(why);
  }
}
