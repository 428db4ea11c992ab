package dev.pushgate.push.challenge;

import dev.pushgate.radius.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One question put to the devices of a user, and the place where a login waits for the answer.
 *
 * <p>Who ends it first decides: a verdict, the end of its time or a cancellation. All three go
 * through one compare-and-set, and the login acts on what won, never on what it meant to do itself.
 * So a phone that is told "taken" has decided the login, and one that came too late is told so.
 */
public final class Challenge {
  private final String id;
  private final String nonce;
  private final Login login;
  private final Set<String> devices;
  private final Instant issued;
  private final Instant expires;
  private final Optional<String> number;
  private final Optional<Choice> choice;
  private final ChallengeNotes notes;
  private final CompletableFuture<End> end = new CompletableFuture<>();

  Challenge(
      String id,
      String nonce,
      Login login,
      Set<String> devices,
      Instant issued,
      Instant expires,
      Optional<String> number,
      Optional<Choice> choice,
      ChallengeNotes notes) {
    this.id = id;
    this.nonce = nonce;
    this.login = login;
    this.devices = Set.copyOf(devices);
    this.issued = issued;
    this.expires = expires;
    this.number = number;
    this.choice = choice;
    this.notes = notes;
  }

  /** 22 characters of base64url; whoever knows it can do nothing with it. */
  public String id() {
    return id;
  }

  /** 22 characters of base64url, told to the devices that are asked and to nobody else. */
  public String nonce() {
    return nonce;
  }

  /** The login that waits. */
  public Login login() {
    return login;
  }

  /** Canonical name of the user who is asked. */
  public String user() {
    return login.user().name();
  }

  public Instant issued() {
    return issued;
  }

  /** From this moment on no verdict is taken. */
  public Instant expires() {
    return expires;
  }

  /** How many digits the user must type (2 to 8), or 0 where none are asked. */
  public int digits() {
    return number.map(String::length).orElse(0);
  }

  /** What devices that cannot have a number typed ask the user to choose from, if anything. */
  public Optional<Choice> choice() {
    return choice;
  }

  /**
   * Whether the right option chosen is the only proof. Where a number could be typed instead, a
   * device on which it can must not get by with the choice, which is weaker.
   */
  public boolean isByChoiceAlone() {
    return choice.isPresent() && number.isEmpty();
  }

  /** Why the user should look twice. */
  public ChallengeNotes notes() {
    return notes;
  }

  /**
   * Whether that device is asked: it was the user's when the challenge was opened. One enrolled
   * later is not, whatever the clocks say.
   *
   * @param device identifier of a device
   */
  public boolean asks(String device) {
    return devices.contains(device);
  }

  /** How it ended, or empty while it is open. */
  public Optional<End> end() {
    return Optional.ofNullable(end.getNow(null));
  }

  boolean hasNonce(String other) {
    return equalInConstantTime(nonce, other);
  }

  /** Whether an approval has to prove that who gives it sees the VPN prompt. */
  public boolean needsProof() {
    return number.isPresent() || choice.isPresent();
  }

  /** Whether the verdict tries to prove it in a way that this challenge knows. */
  boolean hasProofIn(SignedVerdict verdict) {
    return (number.isPresent() && verdict.number().isPresent())
        || (choice.isPresent() && verdict.chosen().isPresent());
  }

  /** Whether it proves it. */
  boolean isProvenBy(SignedVerdict verdict) {
    return (number.isPresent() && equalInConstantTime(number.get(), verdict.number().orElse(null)))
        || (choice.isPresent()
            && equalInConstantTime(choice.get().right(), verdict.chosen().orElse(null)));
  }

  boolean isOverAt(Instant now) {
    return !now.isBefore(expires);
  }

  /** Ends it that way unless it has ended; whether this call was the one that ended it. */
  boolean endAs(End how) {
    return end.complete(how);
  }

  /** Blocks until it has ended, or until then; empty in the latter case. */
  Optional<End> await(InstantSource clock, Instant until) throws InterruptedException {
    Duration left = Duration.between(clock.instant(), until);
    try {
      return Optional.of(end.get(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a challenge ends by a value only", e);
    }
  }

  private static boolean equalInConstantTime(String secret, @Nullable String other) {
    return other != null
        && MessageDigest.isEqual(
            secret.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Challenge[" + id + " of login " + login.id() + "]";
  }
}
