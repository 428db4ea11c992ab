package dev.pushgate.push.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.signed.JsonMembers;
import dev.pushgate.push.signed.MalformedException;
import dev.pushgate.push.signed.StrictBase64;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushAddressJsonTest {
  private static final TestPhone BROWSER =
      new TestPhone("https://vpn.example.test", new TestClock());

  static PushAddress.WebPush webPush(TestPhone browser) {
    byte[] point = new byte[65];
    point[0] = 4;
    System.arraycopy(Base64.getUrlDecoder().decode(browser.key().x()), 0, point, 1, 32);
    System.arraycopy(Base64.getUrlDecoder().decode(browser.key().y()), 0, point, 33, 32);
    return new PushAddress.WebPush(
        "https://updates.push.example.test/wpush/v2/gAAA",
        StrictBase64.encode(point),
        StrictBase64.encode(new byte[16]));
  }

  private static PushAddress read(String json) throws MalformedException {
    return PushAddressJson.read(JsonMembers.parse(json.getBytes(StandardCharsets.UTF_8), "'push'"));
  }

  @Test
  void subscription_isRead() throws Exception {
    PushAddress.WebPush address = webPush(BROWSER);
    assertThat(read(PushAddressJson.write(address))).isEqualTo(address);
  }

  @Test
  void apnsToken_isKeptInLowerCase() throws Exception {
    assertThat(read("{\"via\":\"apns\",\"token\":\"" + "AB".repeat(32) + "\"}"))
        .isEqualTo(new PushAddress.Apns("ab".repeat(32)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"via\":1}",
        "{\"via\":\"sms\"}",
        "{\"via\":\"apns\"}",
        "{\"via\":\"apns\",\"token\":\"xyz\"}",
        "{\"via\":\"apns\",\"token\":\"../../3/device\"}",
        "{\"via\":\"fcm\",\"token\":\"\"}",
        "{\"via\":\"fcm\",\"token\":\"a b\"}",
        "{\"via\":\"fcm\",\"token\":\"a\\r\\nb\"}",
        "{\"via\":\"fcm\",\"token\":{}}",
        "{\"via\":\"webpush\"}",
        "{\"via\":\"webpush\",\"subscription\":\"https://push.example.test\"}"
      })
  void addressOfNoKnownForm_isMalformed(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedException.class);
  }

  /** The endpoint is a phone's choice, and the server will send to it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://push.example.test/a",
        "https://localhost/a",
        "https://127.0.0.1/a",
        "https://2130706433/a",
        "https://0x7f.0.0.1/a",
        "https://127.0x1/a",
        "https://[::1]/a",
        "https://169.254.169.254/latest",
        "https://user@push.example.test/a",
        "https://push.example.test/a#b",
        "https://push.exämple.test/a",
        "https:///a",
        "file:///etc/passwd",
        "push.example.test",
        "",
        "https://push.example.test/a b"
      })
  void endpointThatCouldLeadInside_isMalformed(String endpoint) {
    String json =
        PushAddressJson.write(webPush(BROWSER))
            .replace("https://updates.push.example.test/wpush/v2/gAAA", endpoint);
    assertThatThrownBy(() -> read(json)).hasMessageContaining("'endpoint'");
  }

  @Test
  void keysOfTheWrongSize_areMalformed() {
    PushAddress.WebPush sound = webPush(BROWSER);
    String json = PushAddressJson.write(sound);
    String offCurve = StrictBase64.encode(new byte[65]);
    String short64 = StrictBase64.encode(new byte[64]);
    assertThatThrownBy(() -> read(json.replace(sound.p256dh(), offCurve)))
        .hasMessageContaining("'p256dh'");
    assertThatThrownBy(() -> read(json.replace(sound.p256dh(), short64)))
        .hasMessageContaining("'p256dh'");
    byte[] changed = Base64.getUrlDecoder().decode(sound.p256dh());
    changed[64] ^= 1;
    assertThatThrownBy(() -> read(json.replace(sound.p256dh(), StrictBase64.encode(changed))))
        .hasMessageContaining("point on P-256");
    assertThatThrownBy(() -> read(json.replace(sound.auth(), StrictBase64.encode(new byte[15]))))
        .hasMessageContaining("'auth'");
  }
}
