package dev.pushgate.push.policy;

import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.SecondFactor;
import dev.pushgate.radius.message.Message;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * A plugin's factor where the policy lets the user in at all: {@link Requirement#DENY} holds for
 * those, too, whom a plugin asks. What else the policy says is not for plugins.
 */
public final class UnlessDenied implements SecondFactor {
  private final Supplier<Policy> policy;
  private final SecondFactor factor;

  /**
   * @param policy the one that is in force
   * @param factor asked where the policy does not deny
   */
  public UnlessDenied(Supplier<Policy> policy, SecondFactor factor) {
    this.policy = policy;
    this.factor = factor;
  }

  @Override
  public Outcome verify(Login login, Instant deadline) throws InterruptedException {
    return policy.get().decide(login).requirement() == Requirement.DENY
        ? new Outcome.Denied("not-allowed", Message.NOT_ALLOWED.in(login.language()))
        : factor.verify(login, deadline);
  }
}
