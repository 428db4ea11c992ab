package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.challenge.Choice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.WebElement;

/** The web app in the language of a real Chromium's user. */
@ExtendWith(InChromium.class)
class WebAppGermanTest {

  /**
   * Which words the files have and what each makes of its arguments; texts themselves are left out.
   */
  private static final String SHAPES =
      """
      const numbersIn = (text) => (text.match(/\\d+/g) ?? []).sort().join();
      const shape = (words) => {
        switch (typeof words) {
          case 'function':
            return `${words.length} arguments, of which are shown ${
              numbersIn(words(...Array.from({ length: words.length }, (_, i) => 71 + i)))}`;
          case 'string':
            return words.trim() ? 'text' : 'empty';
          default:
            return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, shape(value)]));
        }
      };
      const shapeOf = async (language) => shape((await import(`/app/words-${language}.js`)).words);
      return Promise.all([shapeOf('en'), shapeOf('de')]);
      """;

  /** What is seen or heard of the page although it is English. */
  private static final String ENGLISH =
      """
      const texts = (words) => typeof words === 'string' ? [words]
        : typeof words === 'function' ? [words('@', '@', '@', '@')]
        : Object.values(words).flatMap(texts);
      const all = async (language) => texts((await import(`/app/words-${language}.js`)).words);
      return Promise.all([all('en'), all('de')]).then(([english, german]) => {
        const names = [...document.querySelectorAll('[aria-label]')].map((e) => e.ariaLabel);
        const shown = [document.title, ...document.body.innerText.split('\\n'), ...names];
        const foreign = english.filter((text) => !german.includes(text))
          .flatMap((text) => text.split('@')).map((part) => part.trim()).filter((part) => part.length > 3);
        return shown.filter((line) => foreign.some((part) => line.includes(part)));
      });
      """;

  /** What the worker would show for a challenge; a page has the same modules. */
  private static final String NOTICE =
      """
      const challenge = { id: 'AAAAAAAAAAAAAAAAAAAAAA', nonce: 'n', user: 'alice', service: 'Demo VPN', client: 'hq',
        from: null, issued: 1, expires: 9999999999, ...arguments[0] };
      const server = { now: () => 2, challenge: async () => ({ status: 200, body: challenge }) };
      const accounts = { all: async () => [{ device: 'd', base: 'https://b' }] };
      const push = { challenge: challenge.id, callback: 'https://b', expires: challenge.expires, title: 't', text: 't' };
      return import('/app/notices.js').then(async ({ noticeOfPush, noticeAtOnce }) => {
        const { title, body, lang, actions } = await noticeOfPush(server, accounts, push);
        const first = noticeAtOnce('https://b', push);
        return [title, body, lang, ...(actions ?? []).map((action) => action.title), first.title, first.body];
      });
      """;

  @Test
  void bothLanguages_haveTheSameWordsWithTheSamePlaces(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.visit();
      List<?> shapes = list(page.run(SHAPES));

      assertThat(shapes).hasSize(2).doesNotContainNull();
      assertThat(shapes.get(1)).isEqualTo(shapes.get(0));
      assertThat(shapes.toString()).contains("challenge").doesNotContain("empty");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"de; de", "de-AT,en; de", "fr-FR,de-CH,en; de", "en-GB,de; en", "fr,it; en"})
  void language_isTheFirstOfTheBrowsersThatTheAppSpeaks(
      String languages, String spoken, Chromium chromium, @TempDir Path folder) throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.speak(languages);
      page.visit();
      page.see("device-name");

      assertThat(page.run("return document.documentElement.lang")).isEqualTo(spoken);
      assertThat(page.see("enroll-button").getText())
          .isEqualTo(spoken.equals("de") ? "Dieses Gerät einrichten" : "Set up this device");
    }
  }

  @Test
  void german_isSpokenFromEnrolmentToRemoval(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.speak("de-DE,de,en");
      page.visit(server.invite("alice").toString());
      page.see("enroll-button");
      assertGerman(page);
      page.press("enroll-button");
      assertThat(page.see("idle").getText()).startsWith("Warten auf Anmeldungen");
      assertGerman(page);

      try (PhoneServer.Asked plain = server.ask("alice", new ChallengeNotes(true, 3))) {
        assertThat(page.see("challenge").getText()).startsWith("Sind Sie das?");
        assertThat(page.see("why").getText()).contains("Neuer Ort: ", "Dritte Anfrage in kurzer");
        assertGerman(page);
        page.press("report");
        page.see("report-confirm");
        assertGerman(page);
        page.press("report-confirm");
        assertThat(page.seeOutcome("reported").getText()).startsWith("Abgelehnt und gemeldet");
        assertGerman(page);
        assertThat(plain.answer()).isEqualTo("reported");
      }
      try (PhoneServer.Asked number = server.askForNumber("alice", "471604")) {
        page.type("number-input", "471604");
        assertGerman(page);
        page.press("approve");
        assertThat(page.seeOutcome("approved").getText()).startsWith("Bestätigt");
        assertThat(number.answer()).isEqualTo("approved");
      }
      try (PhoneServer.Asked choice =
          server.askToChoose("alice", new Choice(List.of("12", "47"), "47"))) {
        page.see("option");
        assertThat(page.all("option"))
            .extracting(WebElement::getAccessibleName)
            .containsExactlyInAnyOrder("Mit 12 bestätigen", "Mit 47 bestätigen");
        assertGerman(page);
        page.press("deny");
        page.seeOutcome("denied");
        assertThat(choice.answer()).isEqualTo("denied");
      }
      page.press("remove-account");
      page.see("remove-confirm");
      assertGerman(page);
    }
  }

  private static List<?> list(@Nullable Object answer) {
    return answer instanceof List<?> list ? list : List.of();
  }

  private static void assertGerman(WebAppPage page) {
    assertThat((List<?>) page.run(ENGLISH)).as("English on the page").isEmpty();
    assertThat(page.run("return document.documentElement.lang")).isEqualTo("de");
  }

  @Test
  void notifications_areGermanToo(Chromium chromium, @TempDir Path folder) throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.speak("de");
      page.visit();

      assertThat(page.run(NOTICE, Map.of("match", "none", "why", List.of("new-place"))))
          .isEqualTo(
              List.of(
                  "Sind Sie das?",
                  """
                  alice bei Demo VPN
                  Von Adresse unbekannt
                  Über hq
                  Neuer Ort: In den letzten 30 Tagen hat sich von dieser Adresse niemand als Sie angemeldet.""",
                  "de",
                  "Bestätigen",
                  "Ablehnen",
                  "Anmeldeanfrage",
                  "Melden Sie sich gerade an? Zum Antworten öffnen."));
      List<?> choosing =
          list(page.run(NOTICE, Map.of("match", "choose", "options", List.of("12", "47", "83"))));
      assertThat(choosing).hasSize(5);
      assertThat(choosing.get(1).toString())
          .endsWith("\nÖffnen Sie Pushgate und tippen Sie auf das, was Ihr Anmeldefenster zeigt.")
          .doesNotContain("47");
    }
  }
}
