package dev.pushgate.configuration;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.client.Mode;
import java.time.Duration;

/**
 * What holds for a product where the configuration says nothing.
 *
 * @param mode how its users are asked best
 * @param answerWithin how long it waits where it is set up as its makers say
 */
public record KindPreset(Mode mode, Duration answerWithin) {

  /** The preset of a kind. */
  public static KindPreset of(ClientKind kind) {
    return switch (kind) {
      case GENERIC, PAM, OPENVPN -> new KindPreset(Mode.BLOCK, Client.DEFAULT_ANSWER_WITHIN);
      case STRONGSWAN -> new KindPreset(Mode.BLOCK, Duration.ofSeconds(14));
      case FORTIGATE -> new KindPreset(Mode.CHALLENGE, Client.DEFAULT_ANSWER_WITHIN);
      case OCSERV -> new KindPreset(Mode.NUMBER, Client.DEFAULT_ANSWER_WITHIN);
      case CISCO_ASA, PALOALTO -> new KindPreset(Mode.NUMBER, Duration.ofSeconds(30));
    };
  }
}
