package dev.pushgate.server;

import dev.pushgate.configuration.Configuration;
import dev.pushgate.configuration.PushServices;
import dev.pushgate.push.notifier.Notifier;
import dev.pushgate.push.notifier.apns.ApnsNotifier;
import dev.pushgate.push.notifier.fcm.FcmNotifier;
import dev.pushgate.push.notifier.webpush.VapidKey;
import dev.pushgate.push.notifier.webpush.WebPushNotifier;
import dev.pushgate.push.notifier.webpush.WebPushSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways to tell phones that the configuration sets up. */
public final class Notifiers {
  private Notifiers() {}

  /**
   * Makes one for each push service that is set up; none with {@code push.status = disable}.
   *
   * @param key by which browsers' push services know this server
   * @return the caller closes them
   */
  public static List<Notifier> of(Configuration configuration, VapidKey key, InstantSource clock) {
    List<Notifier> notifiers = new ArrayList<>();
    PushServices services = configuration.push().services();
    if (configuration.push().enabled()) {
      services
          .apns()
          .ifPresent(apns -> notifiers.add(new ApnsNotifier(apns, services.uplink(), clock)));
      services
          .fcm()
          .ifPresent(fcm -> notifiers.add(new FcmNotifier(fcm, services.uplink(), clock)));
    }
    webPush(configuration, key)
        .ifPresent(
            browsers -> notifiers.add(new WebPushNotifier(browsers, services.uplink(), clock)));
    return notifiers;
  }

  /**
   * How browsers are told; empty where they are not: a push service wants to know whom it can write
   * to.
   */
  static Optional<WebPushSettings> webPush(Configuration configuration, VapidKey key) {
    if (!configuration.push().enabled()) {
      return Optional.empty();
    }
    return configuration
        .push()
        .services()
        .webPush()
        .flatMap(
            browsers ->
                browsers
                    .subject()
                    .or(configuration::contact)
                    .map(subject -> new WebPushSettings(key, subject, browsers.hosts())));
  }
}
