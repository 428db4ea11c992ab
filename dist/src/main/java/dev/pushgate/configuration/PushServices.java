package dev.pushgate.configuration;

import dev.pushgate.push.notifier.Uplink;
import dev.pushgate.push.notifier.apns.ApnsSettings;
import dev.pushgate.push.notifier.fcm.FcmSettings;
import java.util.List;
import java.util.Optional;

/**
 * The push services that phones are told by.
 *
 * @param apns Apple's, or empty where it is not set up
 * @param fcm Google's, or empty where it is not set up
 * @param webPush those of browsers, or empty where they are switched off
 * @param uplink how all of them are reached
 */
public record PushServices(
    Optional<ApnsSettings> apns,
    Optional<FcmSettings> fcm,
    Optional<Browsers> webPush,
    Uplink uplink) {

  /**
   * How browsers' push services are used; the key is in the store.
   *
   * @param subject whom a push service may write to: a {@code mailto:} or {@code https:} address;
   *     empty for the base address of phones
   * @param hosts names of hosts, or {@code *.} and the end of names
   */
  public record Browsers(Optional<String> subject, List<String> hosts) {
    public Browsers {
      hosts = List.copyOf(hosts);
    }
  }
}
