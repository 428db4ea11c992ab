package dev.pushgate.push.phone;

import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.challenge.Ruling;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.challenge.SignedVerdict;
import dev.pushgate.push.device.Device;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.audit.Audit;
import dev.pushgate.radius.audit.AuditRecord;
import java.time.InstantSource;

/**
 * Takes verdicts whose signature has been checked, whatever protocol they came by: each that
 * settles a challenge is on record before its phone is told. Safe for use by many threads.
 */
public final class Verdicts {
  /** What an approval with a wrong number is on record as. */
  private static final String WRONG_NUMBER = "wrong-number";

  private final Challenges challenges;
  private final RefusalListener refusals;
  private final Audit audit;
  private final InstantSource clock;

  /**
   * @param refusals is told of denials and reports
   */
  public Verdicts(
      Challenges challenges, RefusalListener refusals, Audit audit, InstantSource clock) {
    this.challenges = challenges;
    this.refusals = refusals;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Settles a challenge, which wakes its login.
   *
   * @param challenge identifier of the challenge, as the phone has it
   * @throws dev.pushgate.radius.audit.AuditException when a verdict that was taken cannot be
   *     recorded
   */
  public Ruling take(String challenge, Device device, SignedVerdict verdict)
      throws InterruptedException {
    Ruling ruling = challenges.settle(challenge, device, verdict);
    switch (ruling) {
      case Ruling.Taken(Settlement.State state) -> {
        Challenge settled = challenges.find(challenge).orElseThrow();
        audit.record(recordOf(settled, device, verdict.verdict().word()));
        switch (state) {
          case APPROVED -> {}
          case DENIED -> refusals.denied(settled.login());
          case REPORTED -> refusals.reported(settled.login());
        }
      }
      case Ruling.WrongNumber() -> {
        Challenge settled = challenges.find(challenge).orElseThrow();
        audit.record(recordOf(settled, device, WRONG_NUMBER));
        refusals.denied(settled.login());
      }
      case Ruling.NumberMissing _ -> {}
      case Ruling.AlreadySettled _ -> {}
      case Ruling.Over _ -> {}
      case Ruling.Unknown _ -> {}
    }
    return ruling;
  }

  private AuditRecord recordOf(Challenge challenge, Device device, String verdict) {
    Login login = challenge.login();
    return new AuditRecord.VerdictTaken(
        clock.instant(),
        login.id(),
        login.client().name(),
        challenge.user(),
        login.userAddress(),
        verdict,
        device.id(),
        challenge.id());
  }
}
