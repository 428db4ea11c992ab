package dev.pushgate.push.notifier.apns;

import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.ApnsPayloadBuilder;
import com.eatthepath.pushy.apns.util.InterruptionLevel;
import com.eatthepath.pushy.apns.util.SimpleApnsPayloadBuilder;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.push.notifier.Notice;
import java.nio.charset.StandardCharsets;

/**
 * A {@link Notice} as Apple takes it (Apple: "Generating a remote notification", "Sending
 * notification requests to APNs"). Always one that is seen: Apple holds back silent ones.
 */
final class ApnsNotification {
  /** What the app registers its actions Approve and Deny under. */
  static final String CATEGORY = "PUSHGATE_CHALLENGE";

  private static final int MOST_PAYLOAD_OCTETS = 4096;

  private ApnsNotification() {}

  static SimpleApnsPushNotification of(Notice notice, String token, String topic) {
    return new SimpleApnsPushNotification(
        token,
        topic,
        payload(notice),
        notice.until(),
        DeliveryPriority.IMMEDIATE,
        PushType.ALERT,
        notice.challenge());
  }

  /** Whether Apple takes a payload of this length. */
  static boolean fits(SimpleApnsPushNotification notification) {
    return notification.getPayload().getBytes(StandardCharsets.UTF_8).length <= MOST_PAYLOAD_OCTETS;
  }

  private static String payload(Notice notice) {
    ObjectNode message = notice.message();
    ApnsPayloadBuilder payload =
        new SimpleApnsPayloadBuilder()
            .setAlertTitle(notice.title())
            .setAlertBody(notice.text())
            .setMutableContent(true)
            .addCustomProperty("v", message.get("v").intValue())
            .addCustomProperty("challenge", message.get("challenge").textValue())
            .addCustomProperty("callback", message.get("callback").textValue())
            .addCustomProperty("expires", message.get("expires").longValue());
    return switch (notice.kind()) {
      case QUESTION -> ringing(payload).setCategoryName(CATEGORY).build();
      case QUESTION_WITH_NUMBER -> ringing(payload).build();
      case ANSWERED -> payload.setInterruptionLevel(InterruptionLevel.PASSIVE).build();
      case NEW_DEVICE, TEST -> payload.setSound(ApnsPayloadBuilder.DEFAULT_SOUND_FILENAME).build();
    };
  }

  private static ApnsPayloadBuilder ringing(ApnsPayloadBuilder payload) {
    return payload
        .setInterruptionLevel(InterruptionLevel.TIME_SENSITIVE)
        .setSound(ApnsPayloadBuilder.DEFAULT_SOUND_FILENAME);
  }
}
