package dev.pushgate.push.notifier.webpush;

import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A notice that one browser alone can read (RFC 8291), all of the same length. */
final class SealedMessage {
  /**
   * All content is filled up to a multiple of this, so that its length does not tell a question
   * from its end. What browsers take for certain is 3,993 octets (RFC 8291 section 4).
   */
  static final int STEP_OCTETS = 1024;

  /** Where the record size stands in the header (RFC 8188 section 2.1). */
  private static final int RECORD_SIZE_AT = 16;

  private static final int RECORD_OCTETS = 4096;

  private SealedMessage() {}

  /**
   * The content of a request.
   *
   * @throws IllegalArgumentException when the keys are not as {@link PushAddress.WebPush} has them
   */
  static byte[] of(Notice notice, PushAddress.WebPush address) {
    // One for each message: it keeps a state of its own and is not safe for use by many threads.
    byte[] sealed =
        MessageEncryptions.of()
            .encrypt(
                UserAgentMessageEncryptionKeyInfo.of(address.p256dh(), address.auth()),
                PushMessage.of(padded(notice.message().toString())))
            .toBytes();
    // The library puts the length of the one record, but the size must be greater (RFC 8291
    // section 4). It is no part of what is authenticated.
    ByteBuffer.wrap(sealed).putInt(RECORD_SIZE_AT, Math.max(RECORD_OCTETS, sealed.length));
    return sealed;
  }

  /** JSON may end in spaces (RFC 8259 section 2); the library has no padding of RFC 8188. */
  private static byte[] padded(String json) {
    byte[] octets = json.getBytes(StandardCharsets.UTF_8);
    int steps = Math.ceilDiv(octets.length, STEP_OCTETS);
    byte[] padded = Arrays.copyOf(octets, steps * STEP_OCTETS);
    Arrays.fill(padded, octets.length, padded.length, (byte) ' ');
    return padded;
  }
}
