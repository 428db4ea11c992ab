package dev.pushgate.push.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.push.signed.JsonMembers;
import dev.pushgate.push.signed.MalformedException;
import dev.pushgate.push.signed.PhoneKey;
import dev.pushgate.push.signed.StrictBase64;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** A {@link PushAddress} as the {@code push} of docs/phone-api.md, which is also how it is kept. */
public final class PushAddressJson {
  private static final Pattern APNS_TOKEN = Pattern.compile("[0-9A-Fa-f]{64,200}");
  private static final Pattern FCM_TOKEN = Pattern.compile("[!-~]{1,1024}");

  /**
   * A name with a dot in it whose last part begins with a letter: neither "localhost" nor an
   * address, of which {@code 127.0x1} is one too.
   */
  private static final Pattern HOST = Pattern.compile("([A-Za-z0-9-]+\\.)+[A-Za-z][A-Za-z0-9-]*");

  private static final int MOST_ENDPOINT_CHARACTERS = 1024;
  private static final int COORDINATE_OCTETS = 32;
  private static final byte UNCOMPRESSED = 4;
  private static final int AUTH_OCTETS = 16;

  private PushAddressJson() {}

  /**
   * @throws MalformedException when it is none of the four forms
   */
  public static PushAddress read(JsonMembers push) throws MalformedException {
    return switch (push.text("via")) {
      case "poll" -> new PushAddress.Poll();
      case "apns" -> new PushAddress.Apns(apnsToken(push.text("token")));
      case "fcm" -> new PushAddress.Fcm(fcmToken(push.text("token")));
      case "webpush" -> webPush(push.object("subscription"));
      default -> throw new MalformedException("'via' must be poll, apns, fcm or webpush");
    };
  }

  /** The members of the {@code push} of docs/phone-api.md, always in the same order. */
  public static ObjectNode members(PushAddress address) {
    ObjectNode push = JsonNodeFactory.instance.objectNode().put("via", address.via());
    switch (address) {
      case PushAddress.Poll() -> {}
      case PushAddress.Apns(String token) -> push.put("token", token);
      case PushAddress.Fcm(String token) -> push.put("token", token);
      case PushAddress.WebPush(String endpoint, String p256dh, String auth) ->
          push.putObject("subscription")
              .put("endpoint", endpoint)
              .putObject("keys")
              .put("p256dh", p256dh)
              .put("auth", auth);
    }
    return push;
  }

  /** The text that is kept: equal for equal addresses. */
  static String write(PushAddress address) {
    return members(address).toString();
  }

  static PushAddress ofStored(String json) {
    try {
      return read(JsonMembers.parse(json.getBytes(StandardCharsets.UTF_8), "a stored address"));
    } catch (MalformedException e) {
      throw new IllegalArgumentException("a stored push address is damaged", e);
    }
  }

  private static String apnsToken(String token) throws MalformedException {
    if (!APNS_TOKEN.matcher(token).matches()) {
      throw new MalformedException("an APNs 'token' must be 64 to 200 hexadecimal digits");
    }
    return token.toLowerCase(Locale.ROOT);
  }

  private static String fcmToken(String token) throws MalformedException {
    if (!FCM_TOKEN.matcher(token).matches()) {
      throw new MalformedException("an FCM 'token' must be 1 to 1024 visible ASCII characters");
    }
    return token;
  }

  private static PushAddress webPush(JsonMembers subscription) throws MalformedException {
    String endpoint = subscription.text("endpoint");
    if (endpoint.length() > MOST_ENDPOINT_CHARACTERS || !isHttpsWithHostName(endpoint)) {
      throw new MalformedException(
          "'endpoint' must be an https URL with a host name, at most 1024 characters");
    }
    JsonMembers keys = subscription.object("keys");
    String p256dh = keys.text("p256dh");
    requirePoint(StrictBase64.decode(p256dh, "'p256dh'"));
    String auth = keys.text("auth");
    if (StrictBase64.decode(auth, "'auth'").length != AUTH_OCTETS) {
      throw new MalformedException("'auth' must be 16 octets");
    }
    return new PushAddress.WebPush(endpoint, p256dh, auth);
  }

  private static boolean isHttpsWithHostName(String text) {
    try {
      URI uri = new URI(text);
      return "https".equalsIgnoreCase(uri.getScheme())
          && uri.getHost() != null
          && HOST.matcher(uri.getHost()).matches()
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null
          && text.equals(uri.toASCIIString());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static void requirePoint(byte[] octets) throws MalformedException {
    if (octets.length != 1 + 2 * COORDINATE_OCTETS || octets[0] != UNCOMPRESSED) {
      throw new MalformedException("'p256dh' must be an uncompressed point of 65 octets");
    }
    try {
      byte[] x = Arrays.copyOfRange(octets, 1, 1 + COORDINATE_OCTETS);
      byte[] y = Arrays.copyOfRange(octets, 1 + COORDINATE_OCTETS, octets.length);
      var _ = new PhoneKey(StrictBase64.encode(x), StrictBase64.encode(y));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("'p256dh' must be a point on P-256");
    }
  }
}
