package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The web app in a real Chromium, and those who would have it run or show what is theirs. */
@ExtendWith(InChromium.class)
class WebAppSafetyTest {

  static Stream<Arguments> callingStationIds() {
    return Stream.of(
        Arguments.of(
            "<img src=x onerror=owned=1><script>owned=1</script>'\"`${owned=1}",
            "<img src=x onerror=owned=1><script>owned=1</script>'\"`${owned=1}"),
        Arguments.of(
            "203.0.113.7\u202e77.3\u0000\u0007\u001b[31m\r\nb\u2066\u2028",
            "203.0.113.7\\u{202e}77.3\\u{0}\\u{7}\\u{1b}[31m\\u{d}\\u{a}b\\u{2066}"),
        Arguments.of("W".repeat(253), "W".repeat(128) + "…"));
  }

  @ParameterizedTest
  @MethodSource("callingStationIds")
  void callingStationId_thatIsHostile_isShownAsText(
      String sent, String shown, Chromium chromium, @TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.resize(320, 640);
      page.enrol(pushgate.invite("alice").toString());
      LoginAtNas login = LoginAtNas.start(pushgate, "alice", sent);

      assertThat(page.textIn("challenge-from")).isEqualTo(shown);
      assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo(320L);
      page.press("deny");
      assertThat(page.seeOutcome("denied").getDomProperty("textContent")).contains(shown);
      assertThat(page.run("return document.querySelector('main img, main script')")).isNull();
      assertThat(page.run("return 'owned' in window")).isEqualTo(false);
      assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo(320L);
      assertThat(login.isAccepted()).isFalse();
    }
  }

  @Test
  void script_thatSomebodyGotIntoThePage_doesNotRun(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.expectError("Content Security Policy");
      page.visit();
      page.see("code-input");
      page.run(
          """
          const script = document.createElement('script');
          script.textContent = 'window.owned = 1';
          document.body.append(script);
          const image = document.createElement('div');
          image.innerHTML = '<img src="data:," onerror="window.owned = 1" style="width: 9px">';
          document.body.append(image);
          """);
      assertThat(page.run("return fetch('https://example.invalid/').then(() => 1, () => 0)"))
          .isEqualTo(0L);
      assertThat(page.run("return 'owned' in window")).isEqualTo(false);
      assertThat(page.errors())
          .anyMatch(error -> error.contains("script-src"))
          .anyMatch(error -> error.contains("style-src"))
          .anyMatch(error -> error.contains("connect-src"));
    }
  }

  @Test
  void headers_allowThePageNothingButItsOwn(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "")) {
      for (String path : List.of("/", "/enroll", "/index.html", "/app/main.js")) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(pushgate.base() + path)).build();
        HttpResponse<Void> response =
            pushgate.http().send(request, HttpResponse.BodyHandlers.discarding());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(
                response.headers().firstValue("Content-Security-Policy").orElseThrow().split("; *"))
            .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
            .contains("base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
            .noneMatch(directive -> directive.matches(".*(unsafe|\\*|http|data:|blob:).*"));
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      }
    }
  }
}
