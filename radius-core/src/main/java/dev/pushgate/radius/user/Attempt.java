package dev.pushgate.radius.user;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.UntrustedText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A password that somebody has given for a user, to be checked. Shows nothing of the password.
 *
 * @param userName as typed, decoded; hostile
 * @param password what proves it; by PAP never empty and never with a NUL: whoever makes an attempt
 *     has refused those
 * @param client the NAS that asks, or null where none does, as on the enrolment page
 * @param packet what the NAS has sent, or null where none did
 * @param deadline by when the answer is needed; later ones are lost
 */
public record Attempt(
    String userName,
    Password password,
    @Nullable Client client,
    @Nullable ReceivedPacket packet,
    Instant deadline) {

  /** An attempt that no NAS makes. */
  public Attempt(String userName, Password password, Instant deadline) {
    this(userName, password, null, null, deadline);
  }

  /** The same password, for another name of the user. */
  public Attempt withUserName(String other) {
    return new Attempt(other, password, client, packet, deadline);
  }

  /** Another password for the same user. */
  public Attempt withPassword(Password other) {
    return new Attempt(userName, other, client, packet, deadline);
  }

  @Override
  public String toString() {
    return "Attempt[" + UntrustedText.shown(userName) + "]";
  }
}
