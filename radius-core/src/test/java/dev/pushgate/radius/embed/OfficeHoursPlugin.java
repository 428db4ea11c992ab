package dev.pushgate.radius.embed;

import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.SecondFactor;
import dev.pushgate.radius.SecondFactorPlugin;
import java.time.ZoneOffset;

/**
 * A second factor as a plugin; META-INF/services/dev.pushgate.radius.SecondFactorPlugin names it.
 */
public final class OfficeHoursPlugin implements SecondFactorPlugin {

  @Override
  public String name() {
    return "office-hours";
  }

  @Override
  public SecondFactor create() {
    return (login, deadline) -> {
      int hour = login.received().atZone(ZoneOffset.UTC).getHour();
      return hour >= 8 && hour < 18
          ? new Outcome.Approved()
          : new Outcome.Denied("closed", "Come back between 8 and 18 o'clock UTC.");
    };
  }
}
