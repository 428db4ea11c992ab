package dev.pushgate.push.limit;

import dev.pushgate.push.limit.SentPushes.Sent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has been spent of the two budgets of one place, or of all unknown places together.
 *
 * @param acceptedAt when the user was last accepted from there, or, of all unknown places, first
 *     from anywhere; null for never
 * @param plain pushes without a number
 * @param numbered pushes with one
 */
record Spending(@Nullable Instant acceptedAt, SentPushes plain, SentPushes numbered) {
  static final Spending NONE = new Spending(null, SentPushes.NONE, SentPushes.NONE);

  SentPushes of(boolean withNumber) {
    return withNumber ? numbered : plain;
  }

  int pushes() {
    return plain.list().size() + numbered.list().size();
  }

  /** What was spent after that time. */
  Spending after(Instant time) {
    return new Spending(acceptedAt, plain.after(time), numbered.after(time));
  }

  Spending with(boolean withNumber, Sent push) {
    return withNumber
        ? new Spending(acceptedAt, plain, numbered.with(push))
        : new Spending(acceptedAt, plain.with(push), numbered);
  }

  /**
   * What is left after the user was accepted from there: where it is an address, whoever tried
   * there was the user; else only the latest push was.
   */
  Spending givenBack(Origin origin) {
    if (origin.isAddress()) {
      return new Spending(
          acceptedAt, plain.withoutAllFrom(origin), numbered.withoutAllFrom(origin));
    }
    Optional<Sent> latest = plain.latestFrom(origin);
    Optional<Sent> latestNumbered = numbered.latestFrom(origin);
    boolean hadNumber =
        latestNumbered.isPresent()
            && latest.map(sent -> sent.at().isBefore(latestNumbered.get().at())).orElse(true);
    return hadNumber
        ? new Spending(acceptedAt, plain, numbered.without(latestNumbered.get()))
        : latest.map(sent -> new Spending(acceptedAt, plain.without(sent), numbered)).orElse(this);
  }
}
