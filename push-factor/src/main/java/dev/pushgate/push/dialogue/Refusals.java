package dev.pushgate.push.dialogue;

import dev.pushgate.push.alarm.Alarms;
import dev.pushgate.push.limit.Origin;
import dev.pushgate.push.limit.PushLimits;
import dev.pushgate.push.phone.RefusalListener;
import dev.pushgate.push.remember.RememberedLogins;
import dev.pushgate.radius.Login;

/**
 * What follows from a user's no: nothing is remembered any more, and after a report no pushes come
 * from unknown places and an administrator is told.
 *
 * <p>It follows from the verdict, not from the login that waits for it: that may be over.
 */
public final class Refusals implements RefusalListener {
  private final RememberedLogins remembered;
  private final PushLimits limits;
  private final Alarms alarms;

  public Refusals(RememberedLogins remembered, PushLimits limits, Alarms alarms) {
    this.remembered = remembered;
    this.limits = limits;
    this.alarms = alarms;
  }

  @Override
  public void denied(Login login) throws InterruptedException {
    var _ = remembered.forget(login.user().name());
  }

  @Override
  public void reported(Login login) throws InterruptedException {
    var _ = remembered.forget(login.user().name());
    limits.reported(login.user().name(), Origin.of(login));
    alarms.reported(login.user().name(), login.client().name(), login.userAddress());
  }
}
