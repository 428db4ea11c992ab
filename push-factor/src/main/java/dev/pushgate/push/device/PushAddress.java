package dev.pushgate.push.device;

/**
 * Where notifications for a device go.
 *
 * <p>Who knows a token or an endpoint can disturb the phone, so none is ever part of a text.
 */
public sealed interface PushAddress {

  /**
   * What docs/phone-api.md calls this way: {@code poll}, {@code apns}, {@code fcm}, {@code
   * webpush}.
   */
  String via();

  /** Nowhere: the phone asks by itself. */
  record Poll() implements PushAddress {
    @Override
    public String via() {
      return "poll";
    }
  }

  /**
   * The app on a device, as Apple's push service names it.
   *
   * @param token 64 to 200 hexadecimal digits, lower case
   */
  record Apns(String token) implements PushAddress {
    @Override
    public String via() {
      return "apns";
    }

    @Override
    public String toString() {
      return "Apns[not shown]";
    }
  }

  /**
   * The app on a device, as Google's push service names it.
   *
   * @param token 1 to 1024 visible ASCII characters
   */
  record Fcm(String token) implements PushAddress {
    @Override
    public String via() {
      return "fcm";
    }

    @Override
    public String toString() {
      return "Fcm[not shown]";
    }
  }

  /**
   * A subscription of a browser (RFC 8030), with the keys of RFC 8291.
   *
   * @param endpoint an https URL with a host name, at most 1024 characters. <b>A phone chose
   *     it</b>: who sends there must see to it that it does not lead into a network of ours.
   * @param p256dh base64url of an uncompressed point on P-256 (65 octets)
   * @param auth base64url of 16 octets
   */
  record WebPush(String endpoint, String p256dh, String auth) implements PushAddress {
    @Override
    public String via() {
      return "webpush";
    }

    @Override
    public String toString() {
      return "WebPush[not shown]";
    }
  }
}
