package dev.pushgate.push.policy;

import dev.pushgate.radius.client.Mode;
import java.util.List;

/**
 * What a login takes.
 *
 * @param requirement the second factor
 * @param mode how the user is asked
 * @param grounds every rule that matched, first those of the factor, then those of the mode; never
 *     empty
 */
public record Decision(Requirement requirement, Mode mode, List<Ground> grounds) {

  public Decision {
    grounds = List.copyOf(grounds);
  }
}
