package dev.pushgate.push.notifier.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.push.device.PushAddress;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebPushSettingsTest {
  private static final VapidKey KEY = VapidKey.generate(new SecureRandom());
  private static final String SUBJECT = "mailto:vpn@example.com";
  private static final WebPushSettings DEFAULT =
      new WebPushSettings(KEY, SUBJECT, WebPushSettings.DEFAULT_HOSTS);

  private static PushAddress.WebPush at(String endpoint) {
    return new PushAddress.WebPush(endpoint, "", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://fcm.googleapis.com/fcm/send/a:b",
        "https://fcm.googleapis.com/wp/a",
        "https://jmt17.google.com/fcm/send/a",
        "https://updates.push.services.mozilla.com/wpush/v2/a",
        "https://web.push.apple.com/a",
        "https://wns2-par02p.notify.windows.com/w/?token=a%3d",
        "https://WEB.push.Apple.com:443/a",
        "HTTPS://fcm.googleapis.com/a"
      })
  void endpointOfAKnownService_isAllowed(String endpoint) {
    assertThat(DEFAULT.allows(at(endpoint))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://fcm.googleapis.com/a",
        "https://fcm.googleapis.com:8443/a",
        "https://fcm.googleapis.com:80/a",
        "https://fcm.googleapis.com@intranet.example.com/a",
        "https://user@fcm.googleapis.com/a",
        "https://fcm.googleapis.com/a#b",
        "https://fcm.googleapis.com.example.com/a",
        "https://xfcm.googleapis.com/a",
        "https://a.fcm.googleapis.com/a",
        "https://fcm.googleapis.com./a",
        "https://push.apple.com/a",
        "https://.push.apple.com/a",
        "https://evilpush.apple.com/a",
        "https://*.push.apple.com/a",
        "https://web.push.apple.com\\@intranet/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://2130706433/a",
        "https://0x7f.1/a",
        "https://localhost/a",
        "https:///a",
        "https:fcm.googleapis.com",
        "fcm.googleapis.com",
        "file:///etc/passwd",
        "https://fcm.googleapis.com/ a",
        ""
      })
  void otherEndpoint_isNotAllowed(String endpoint) {
    assertThat(DEFAULT.allows(at(endpoint))).isFalse();
  }

  @Test
  void hosts_areComparedInAnyCase() {
    WebPushSettings settings = new WebPushSettings(KEY, SUBJECT, List.of("Push.Example.COM"));
    assertThat(settings.hosts()).containsExactly("push.example.com");
    assertThat(settings.allows(at("https://PUSH.example.com/a"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        "*.com",
        "com",
        "push.*.com",
        "*push.example.com",
        "https://push.example.com",
        "push.example.com:443",
        "push.example.com/",
        "10.0.0.1",
        "::1",
        "push..example.com",
        "-push.example.com",
        "push example.com",
        "push.example.com\n"
      })
  void hostThatIsNone_isRefused(String host) {
    assertThatThrownBy(() -> new WebPushSettings(KEY, SUBJECT, List.of(host)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a host must be");
  }

  @Test
  void noHosts_areRefused() {
    assertThatThrownBy(() -> new WebPushSettings(KEY, SUBJECT, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mailto:vpn@example.com", "https://vpn.example.com/contact"})
  void subject_isTaken(String subject) {
    assertThat(new WebPushSettings(KEY, subject, List.of("a.example.com")).subject())
        .isEqualTo(subject);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vpn@example.com",
        "mailto:",
        "mailto:vpn",
        "http://vpn.example.com",
        "https://",
        "mailto:a\"@example.com",
        "mailto:a@b@example.com",
        "https://vpn.example.com/\"",
        "https:///x"
      })
  void subjectThatNobodyCanBeReachedBy_isRefused(String subject) {
    assertThatThrownBy(() -> new WebPushSettings(KEY, subject, List.of("a.example.com")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mailto:vpn@example.com");
  }

  @Test
  void text_showsNoKey() {
    assertThat(DEFAULT.toString()).contains("VapidKey[not shown]").doesNotContain(KEY.publicKey());
  }
}
