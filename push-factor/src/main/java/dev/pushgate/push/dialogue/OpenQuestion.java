package dev.pushgate.push.dialogue;

import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.challenge.End;
import dev.pushgate.push.delivery.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question that is on its way to the phones, or on them.
 *
 * <p>Either one thread awaits its end right away, or {@link #keep} has a thread of its own see to
 * it until an answer packet comes for it.
 */
final class OpenQuestion {
  private static final Logger log = LoggerFactory.getLogger(OpenQuestion.class);

  private final Challenge challenge;
  private final Delivery delivery;
  private final Challenges challenges;
  private final InstantSource clock;

  OpenQuestion(Challenge challenge, Delivery delivery, Challenges challenges, InstantSource clock) {
    this.challenge = challenge;
    this.delivery = delivery;
    this.challenges = challenges;
    this.clock = clock;
  }

  /** Lets it go on without a login that waits, until it is answered or its time is over. */
  void keep() {
    Thread.ofVirtual().name("question-" + challenge.id()).start(this::watch);
  }

  private void watch() {
    try {
      var _ = await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Blocks until it has ended, and tells the phones so.
   *
   * @throws InterruptedException when the login must not wait any longer; the question is over then
   */
  End await() throws InterruptedException {
    try (delivery) {
      End end = challenges.await(challenge);
      log.info(
          "{}: {} after {} ms", challenge.login(), Questions.howItEnded(end), age().toMillis());
      return end instanceof End.Expired
          ? delivery.failure().<End>map(End.Undelivered::new).orElse(end)
          : end;
    } catch (InterruptedException e) {
      log.info("{}: no longer waits after {} ms", challenge.login(), age().toMillis());
      throw e;
    }
  }

  /** Ends it unless it has ended: nobody needs the answer any more. Returns how it has ended. */
  End withdraw() {
    challenges.withdraw(challenge);
    return challenge.end().orElseThrow();
  }

  /** As {@link #await}, but no longer than until then: it is withdrawn at that moment. */
  End await(Instant latest) throws InterruptedException {
    return challenges.await(challenge, latest);
  }

  private Duration age() {
    return Duration.between(challenge.issued(), clock.instant());
  }
}
