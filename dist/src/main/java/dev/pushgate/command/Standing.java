package dev.pushgate.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.push.bypass.Bypass;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.limit.Origin;
import dev.pushgate.push.limit.PushLimits;
import dev.pushgate.push.limit.PushPermit;
import dev.pushgate.push.policy.Decision;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.client.Mode;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.server.State;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How things stand for a user who would log in now.
 *
 * @param origin where the login comes from
 * @param known whether the user was accepted from there of late
 * @param failures since the last success, as far as they have been written
 * @param capped whether there were too many of them
 * @param bypass what is in force, or null
 * @param rememberedUntil until when a login from there needs no second factor, or null
 * @param devices the user's
 * @param codeApps how many apps for codes the user has
 * @param recoveryCodes how many are left
 * @param withNumber whether a push of this login asks for what the prompt shows
 * @param push whether one may leave now
 */
record Standing(
    Origin origin,
    boolean known,
    long failures,
    boolean capped,
    @Nullable Bypass bypass,
    @Nullable Instant rememberedUntil,
    List<Device> devices,
    int codeApps,
    int recoveryCodes,
    boolean withNumber,
    PushPermit push) {

  Standing {
    devices = List.copyOf(devices);
  }

  static Standing of(Login login, Decision decision, State state) throws InterruptedException {
    String user = login.user().name();
    Origin origin = Origin.of(login);
    boolean withNumber =
        decision.mode() == Mode.NUMBER
            || (decision.mode() == Mode.CHALLENGE && decision.requirement() == Requirement.NUMBER);
    return new Standing(
        origin,
        state.pushLimits().isKnown(user, origin),
        state.failures().count(user),
        state.failures().isCapped(user),
        state.bypasses().active(user).orElse(null),
        rememberedUntil(login, state),
        state.devices().ofUser(user),
        state.oneTimeCodes().ofUser(user).size(),
        state.recoveryCodes().left(user),
        withNumber,
        state.pushLimits().outlook(user, origin, withNumber));
  }

  private static @Nullable Instant rememberedUntil(Login login, State state)
      throws InterruptedException {
    Optional<InetAddress> address = login.userIp();
    return login.client().dialogue().remember() == null || address.isEmpty()
        ? null
        : state
            .rememberedLogins()
            .until(login.user().name(), login.client().loginScope(), address.get())
            .orElse(null);
  }

  /** What the user can answer with. */
  String possessions() {
    return "devices: "
        + (devices.isEmpty()
            ? "none"
            : devices.stream()
                .map(device -> UntrustedText.shown(device.name()))
                .collect(Collectors.joining(", ")))
        + "; apps for codes: "
        + codeApps
        + "; recovery codes: "
        + recoveryCodes;
  }

  /** Where the login comes from, and whether the user has been there. */
  String place() {
    String days = PushLimits.KNOWN_FOR.toDays() + " days";
    if (known) {
      return origin.text() + ", known: accepted from there within " + days;
    }
    return origin.text()
        + (origin.isAddress()
            ? ", not known: not accepted from there within " + days
            : ", which is never known");
  }

  /** The same as members of an object. */
  void addTo(ObjectNode object) {
    object
        .put("place", origin.text())
        .put("known", known)
        .put("failures", failures)
        .put("capped", capped)
        .put("bypassUntil", bypass == null ? null : ShownTime.utc(bypass.until()))
        .put("rememberedUntil", rememberedUntil == null ? null : ShownTime.utc(rememberedUntil));
    ArrayNode names = object.putArray("devices");
    devices.forEach(device -> names.add(device.name()));
    object.put("codeApps", codeApps).put("recoveryCodes", recoveryCodes);
    switch (push) {
      case PushPermit.Granted _ -> object.put("pushes", "granted").putNull("pushesFrom");
      case PushPermit.Exhausted(Instant until) ->
          object.put("pushes", "used-up").put("pushesFrom", ShownTime.utc(until));
      case PushPermit.Stopped() -> object.put("pushes", "stopped").putNull("pushesFrom");
    }
  }
}
