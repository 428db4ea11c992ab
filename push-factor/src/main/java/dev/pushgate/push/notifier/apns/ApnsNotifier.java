package dev.pushgate.push.notifier.apns;

import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Notifier;
import dev.pushgate.push.notifier.Receipt;
import dev.pushgate.push.notifier.Uplink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Tells the app on an Apple device, over one connection that is kept open. */
public final class ApnsNotifier implements Notifier {
  /** For how long an answer may be missing before the connection is taken for dead. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** All go over one connection; Apple allows a thousand or more at a time. */
  private static final int MOST_AT_ONCE = 1_000;

  private final ApnsSettings settings;
  private final ApnsConnection connection;
  private final InstantSource clock;

  /** Begins to connect; needs neither Apple nor the proxy to be there. */
  public ApnsNotifier(ApnsSettings settings, Uplink uplink, InstantSource clock) {
    this(settings, uplink, clock, PATIENCE);
  }

  ApnsNotifier(ApnsSettings settings, Uplink uplink, InstantSource clock, Duration patience) {
    this.settings = settings;
    this.clock = clock;
    this.connection = new ApnsConnection(settings, uplink, patience);
  }

  @Override
  public String name() {
    return "apns";
  }

  @Override
  public boolean serves(PushAddress address) {
    return address instanceof PushAddress.Apns;
  }

  @Override
  public String service(PushAddress address) {
    return name();
  }

  @Override
  public int mostAtOnce() {
    return MOST_AT_ONCE;
  }

  @Override
  public Receipt send(PushAddress address, Notice notice) throws IOException, InterruptedException {
    if (!(address instanceof PushAddress.Apns(String token))) {
      throw new IllegalArgumentException("only addresses at Apple are served");
    }
    SimpleApnsPushNotification notification = ApnsNotification.of(notice, token, settings.topic());
    if (!ApnsNotification.fits(notification)) {
      return new Receipt.Refused("larger than Apple takes");
    }
    var response = connection.send(notification);
    if (response.isAccepted()) {
      return new Receipt.Accepted();
    }
    Instant now = clock.instant();
    return ApnsRejection.receipt(
        response.getStatusCode(),
        response.getRejectionReason().orElse(null),
        response.getTokenInvalidationTimestamp().map(since -> since.isAfter(now) ? now : since));
  }

  @Override
  public void close() {
    connection.close();
  }
}
