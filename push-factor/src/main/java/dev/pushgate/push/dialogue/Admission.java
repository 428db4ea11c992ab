package dev.pushgate.push.dialogue;

import dev.pushgate.push.bypass.Bypasses;
import dev.pushgate.push.limit.ConsecutiveFailures;
import dev.pushgate.push.limit.Origin;
import dev.pushgate.push.limit.PushLimits;
import dev.pushgate.push.remember.RememberedLogins;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in without being asked, and what is kept of those who are let in.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>What is kept is on disk before the outcome is returned, and so before the Access-Accept
 * leaves. Only a second factor that was checked in this very login is remembered, or makes its
 * place known: neither a bypass, by time or by code, nor a remembered login prolongs anything.
 */
public final class Admission {
  private final Bypasses bypasses;
  private final RememberedLogins remembered;
  private final PushLimits limits;
  private final ConsecutiveFailures failures;
  private final InstantSource clock;

  public Admission(
      Bypasses bypasses,
      RememberedLogins remembered,
      PushLimits limits,
      ConsecutiveFailures failures,
      InstantSource clock) {
    this.bypasses = bypasses;
    this.remembered = remembered;
    this.limits = limits;
    this.failures = failures;
    this.clock = clock;
  }

  /** Whether the user has failed so often that only places are served where they have been. */
  public boolean isShut(Login login) throws InterruptedException {
    String user = login.user().name();
    return failures.isCapped(user) && !limits.isKnown(user, Origin.of(login));
  }

  /**
   * An approval by what came before this login; empty where there is nothing of the kind, and where
   * nobody here has checked a password.
   */
  public Optional<Outcome.Approved> withoutAsking(Login login) throws InterruptedException {
    if (!login.passwordChecked()) {
      return Optional.empty();
    }
    if (bypasses.active(login.user().name()).isPresent()) {
      return Optional.of(Outcome.Approved.unchecked("bypass"));
    }
    Optional<InetAddress> address = login.userIp();
    @Nullable String fingerprint = login.fingerprint();
    return login.client().dialogue().remember() != null
            && fingerprint != null
            && address.isPresent()
            && remembered.covers(
                login.user().name(), login.client().loginScope(), address.get(), fingerprint)
        ? Optional.of(Outcome.Approved.unchecked("remembered"))
        : Optional.empty();
  }

  /**
   * Lets a user in whose second factor has proved right.
   *
   * @param by what it was, as the audit shows it
   */
  Outcome.Approved approve(Login login, String by) throws InterruptedException {
    String user = login.user().name();
    limits.approved(user, Origin.of(login));
    failures.succeeded(user);
    Optional<InetAddress> address = login.userIp();
    @Nullable Duration remember = login.client().dialogue().remember();
    @Nullable String fingerprint = login.fingerprint();
    if (remember != null && fingerprint != null && address.isPresent()) {
      remembered.remember(
          user,
          login.client().loginScope(),
          address.get(),
          fingerprint,
          clock.instant().plus(remember));
    }
    return new Outcome.Approved(by);
  }

  /** Lets a user in whose code served. */
  Outcome.Approved letIn(Login login, TypedCodes.Typed.Right code) throws InterruptedException {
    return code.isBypass() ? new Outcome.Approved(code.by()) : approve(login, code.by());
  }

  /** Takes note of a wrong code. */
  void failed(Login login) throws InterruptedException {
    failures.failed(login.user().name());
  }
}
