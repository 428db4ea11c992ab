package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.challenge.Choice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/**
 * How the states of the web app look in a real Chromium: whole at every width, readable in light
 * and dark, and with names for those who hear it. Pictures of them are left in target/screenshots.
 */
@ExtendWith(InChromium.class)
class WebAppLooksTest {

  /** Texts whose contrast to what is behind them is too low (WCAG 2.2, 1.4.3: 4.5, large 3). */
  private static final String PALE_TEXTS =
      """
      const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
      const luminance = (colour) => channels(colour).slice(0, 3).map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
      const ground = (e) => {
        const colour = getComputedStyle(e).backgroundColor;
        return (channels(colour)[3] ?? 1) > 0 ? colour : ground(e.parentElement);
      };
      const contrast = (e) => {
        const pair = [getComputedStyle(e).color, ground(e)].map(luminance);
        return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
      };
      return [...document.body.querySelectorAll('*')]
        .filter((e) => e.checkVisibility() && !e.closest('svg, noscript'))
        .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
        .filter((e) => contrast(e) < (parseFloat(getComputedStyle(e).fontSize) >= 24 ? 3 : 4.5))
        .map((e) => `${e.textContent}: ${contrast(e).toFixed(2)}`);
      """;

  /** What reaches beyond the right or left edge of the screen. */
  private static final String BEYOND_THE_EDGE =
      """
      return [...document.body.querySelectorAll('*')]
        .filter((e) => e.checkVisibility())
        .filter((e) => e.getBoundingClientRect().right > arguments[0]
          || e.getBoundingClientRect().left < 0 || e.scrollWidth > e.clientWidth + 1 && e.matches('dd'))
        .map((e) => e.outerHTML);
      """;

  private static final String SMALL_BUTTONS =
      """
      return [...document.querySelectorAll('button, input')].filter((e) => e.checkVisibility())
        .filter((e) => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)
        .map((e) => e.outerHTML);
      """;

  @ParameterizedTest
  @CsvSource({"390, light", "390, dark", "320, light"})
  void states_areWholeReadableAndNamed(
      int width, String scheme, Chromium chromium, @TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.resize(width, WebAppPage.PHONE_HEIGHT);
      page.prefer("prefers-color-scheme", scheme);
      Look look = new Look(page, width, scheme, "en");
      page.visit(pushgate.invite("alice").toString());
      page.type("device-name", "Alice's phone");
      look.isGood("enrol");
      assertThat(page.run("return getComputedStyle(document.body).backgroundColor"))
          .isEqualTo(scheme.equals("dark") ? "rgb(13, 20, 21)" : "rgb(242, 246, 245)");

      page.press("enroll-button");
      page.see("idle");
      page.reload();
      page.see("idle");
      look.isGood("waiting");

      LoginAtNas login = LoginAtNas.start(pushgate, "alice", "203.0.113.77");
      page.see("challenge");
      look.isGood("challenge");
      page.press("report");
      look.isGood("report");
      page.press("report-back");
      page.press("approve");
      page.seeOutcome("approved");
      look.isGood("approved");
      assertThat(login.isAccepted()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"390, light, en", "390, dark, de", "320, light, de"})
  void numbersChoicesAndReasons_areWholeReadableAndNamed(
      int width, String scheme, String language, Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.resize(width, WebAppPage.PHONE_HEIGHT);
      page.prefer("prefers-color-scheme", scheme);
      page.speak(language);
      Look look = new Look(page, width, scheme, language);
      page.enrol(server.invite("alice").toString());
      try (PhoneServer.Asked _ = server.ask("alice", new ChallengeNotes(true, 3))) {
        page.see("why");
        look.isGood("reasons");
        page.press("report");
        look.isGood("report-reasons");
        page.press("report-back");
        page.press("deny");
        page.seeOutcome("denied");
      }
      Choice choice = new Choice(List.of("12", "47", "83"), "47");
      try (PhoneServer.Asked _ = server.askToChoose("alice", choice)) {
        page.see("option");
        look.isGood("choice");
        page.press("deny");
        page.seeOutcome("denied");
      }
      try (PhoneServer.Asked _ = server.askForNumber("alice", "471604")) {
        page.type("number-input", "471604");
        look.isGood("number");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"390, light", "390, dark", "320, light"})
  void notificationPanel_isWholeReadableAndNamed(
      int width, String scheme, Chromium chromium, @TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.resize(width, WebAppPage.PHONE_HEIGHT);
      page.prefer("prefers-color-scheme", scheme);
      page.pretendThatTheServerHasWebPush("B" + "A".repeat(86));
      Look look = new Look(page, width, scheme, "en");
      page.enrol(pushgate.invite("alice").toString());

      assertThat(page.see("ask-notifications").getText()).isEqualTo("Switch on notifications");
      look.isGood("notifications-ask");

      page.pretendThatTheCertificateIsNotTrusted();
      page.reload();
      assertThat(page.see("notifications").getText()).startsWith("No notifications here");
      look.isGood("notifications-untrusted");

      page.pretendToBe("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/605.1.15");
      page.reload();
      assertThat(page.see("notifications").getText())
          .startsWith("Notifications need the Home Screen")
          .contains("Add to Home Screen");
      look.isGood("notifications-home-screen");
    }
  }

  /** Looks at a page as it is shown on one kind of screen. */
  private record Look(WebAppPage page, int width, String scheme, String language) {
    void isGood(String state) throws IOException {
      page.photograph("%s-%s-%d".formatted(state, scheme, width));
      assertThat((List<?>) page.run(BEYOND_THE_EDGE, width)).as("beyond the edge").isEmpty();
      assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo((long) width);
      assertThat((List<?>) page.run(PALE_TEXTS)).as("pale texts").isEmpty();
      assertThat((List<?>) page.run(SMALL_BUTTONS)).as("too small to tap").isEmpty();
      assertThat(page.run("return document.documentElement.lang")).isEqualTo(language);
      assertThat(page.find(By.tagName("h1"))).hasSize(1);
      assertThat(page.find(By.cssSelector("main"))).hasSize(1);
      assertThat(page.find(By.cssSelector("#announcer[role=status], #outcomes[role=status]")))
          .hasSize(2);
      assertThat(page.find(By.cssSelector("button, input")))
          .filteredOn(WebElement::isDisplayed)
          .isNotEmpty()
          .allSatisfy(control -> assertThat(control.getAccessibleName()).isNotBlank());
      assertThat(page.run("return [...document.querySelectorAll('[id]')].map((e) => e.id)"))
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .doesNotHaveDuplicates();
    }
  }
}
