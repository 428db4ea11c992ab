package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.challenge.Choice;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Numbers, choices and reasons in the web app in a real Chromium. */
@ExtendWith(InChromium.class)
class WebAppProofTest {
  private static final Choice CHOICE = new Choice(List.of("12", "47", "83"), "47");

  /** Lets the page read other members in its challenges than the server has sent. */
  private static final String OTHER_MEMBERS =
      """
      {
        const real = globalThis.fetch;
        globalThis.fetch = async (address, request) => {
          const answer = await real(address, request);
          if (!String(address).includes('/v1/challenges?')) {
            return answer;
          }
          const { challenges } = await answer.json();
          const changed = challenges.map((challenge) => ({ ...challenge, ...MEMBERS }));
          return new Response(JSON.stringify({ challenges: changed }), answer);
        };
      }
      """;

  private static WebElement option(WebAppPage page, String text) {
    page.see("option");
    return page.all("option").stream()
        .filter(option -> option.getText().equals(text))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void number_isTypedBeforeApproveCanBePressed(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.enrol(server.invite("alice").toString());
      try (PhoneServer.Asked asked = server.askForNumber("alice", "471604")) {
        page.await(() -> page.see("deny").isEnabled());
        assertThat(page.see("number-input").getAccessibleName())
            .isEqualTo("Number that your sign-in window shows");
        page.type("number-input", "471 60");
        assertThat(page.see("approve").isEnabled()).isFalse();
        page.strike(Keys.ENTER);
        assertThat(asked.isOpen()).isTrue();
        page.type("number-input", "471 604");
        page.strike(Keys.ENTER);
        assertThat(page.focused().getDomAttribute("data-testid")).isEqualTo("approve");
        assertThat(asked.isOpen()).isTrue();
        page.strike(Keys.ENTER);

        page.seeOutcome("approved");
        assertThat(asked.answer()).isEqualTo("approved");
      }
    }
  }

  @Test
  void wrongNumber_isDenied_andTheUserToldSo(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.expectError("422");
      page.enrol(server.invite("alice").toString());
      try (PhoneServer.Asked asked = server.askForNumber("alice", "471604")) {
        page.type("number-input", "471605");
        page.press("approve");

        assertThat(page.seeOutcome("mismatch").getText()).startsWith("Wrong number");
        assertThat(asked.answer()).isEqualTo("denied");
      }
    }
  }

  @Test
  void rightOption_approvesByOneTap(Chromium chromium, @TempDir Path folder) throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.enrol(server.invite("alice").toString());
      try (PhoneServer.Asked asked = server.askToChoose("alice", CHOICE)) {
        page.see("option");
        page.seeNo("approve");
        assertThat(page.all("option"))
            .extracting(WebElement::getText)
            .containsExactly("12", "47", "83");
        assertThat(option(page, "47").getAccessibleName()).isEqualTo("Approve with 47");
        assertThat(asked.isOpen()).isTrue();
        page.press(option(page, "47"));

        page.seeOutcome("approved");
        assertThat(asked.answer()).isEqualTo("approved");
      }
    }
  }

  @Test
  void keyboard_alone_choosesAnOption(Chromium chromium, @TempDir Path folder) throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.enrol(server.invite("alice").toString());
      try (PhoneServer.Asked asked = server.askToChoose("alice", CHOICE)) {
        page.see("challenge");
        page.awaitRest();
        page.strike(Keys.ENTER);
        assertThat(asked.isOpen()).isTrue();
        page.strike(Keys.TAB, Keys.TAB);
        assertThat(page.focused().getText()).isEqualTo("47");
        assertThat(page.focused().getCssValue("outline-width")).isEqualTo("3px");
        page.strike(Keys.ENTER);

        page.seeOutcome("approved");
      }
    }
  }

  @Test
  void wrongOption_isDenied(Chromium chromium, @TempDir Path folder) throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.expectError("422");
      page.enrol(server.invite("alice").toString());
      try (PhoneServer.Asked asked = server.askToChoose("alice", CHOICE)) {
        page.press(option(page, "83"));

        page.seeOutcome("mismatch");
        assertThat(asked.answer()).isEqualTo("denied");
      }
    }
  }

  @Test
  void choice_canBeReported(Chromium chromium, @TempDir Path folder) throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.enrol(server.invite("alice").toString());
      try (PhoneServer.Asked asked = server.askToChoose("alice", CHOICE)) {
        page.press("report");
        page.press("report-confirm");

        page.seeOutcome("reported");
        assertThat(asked.answer()).isEqualTo("reported");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ match: 'dance' }",
        "{ match: 'choose' }",
        "{ match: 'choose', options: '12' }",
        "{ match: 'choose', options: ['12'] }",
        "{ match: 'choose', options: ['12', 47] }",
        "{ match: 'choose', options: ['12', '<b>7'] }",
        "{ match: 'choose', options: ['12', '12'] }",
        "{ match: 'choose', options: [...'abcdefghijk'] }",
        "{ match: null }",
      })
  void whatTheAppDoesNotKnow_canBeDeniedAlone(
      String members, Chromium chromium, @TempDir Path folder) throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.runFirst(OTHER_MEMBERS.replace("MEMBERS", members));
      page.enrol(server.invite("alice").toString());
      try (PhoneServer.Asked asked = server.ask("alice", ChallengeNotes.NONE)) {
        assertThat(page.see("unknown-match").getText()).contains("cannot approve");
        page.seeNo("option");
        page.await(() -> page.see("deny").isEnabled());
        assertThat(page.see("approve").isEnabled()).isFalse();
        page.press("deny");

        page.seeOutcome("denied");
        assertThat(page.all("approve")).isEmpty();
        assertThat(asked.answer()).isEqualTo("denied");
      }
    }
  }

  @Test
  void reasons_areTold_andNothingWhereNothingIsOdd(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.enrol(server.invite("alice").toString());
      try (PhoneServer.Asked _ = server.ask("alice", new ChallengeNotes(true, 3))) {
        assertThat(page.see("why").getText())
            .isEqualTo(
                """
                New place: in the last 30 days nobody has signed in as you from this address.
                Third request in a short time.
                Approve only if you are signing in right now.""");
        page.press("deny");
        page.seeOutcome("denied");
      }
      try (PhoneServer.Asked _ = server.ask("alice", new ChallengeNotes(false, 2))) {
        page.see("challenge");
        assertThat(page.all("why")).isEmpty();
      }
    }
  }

  @Test
  void reasonsThatAreNonsense_areLeftOut(Chromium chromium, @TempDir Path folder) throws Exception {
    try (PhoneServer server = PhoneServer.start(folder);
        WebAppPage page = chromium.open(server.base())) {
      page.runFirst(
          OTHER_MEMBERS.replace(
              "MEMBERS", "{ why: ['full-moon', 7, null, 'many-requests'], requests: '<b>' }"));
      page.enrol(server.invite("alice").toString());
      try (PhoneServer.Asked asked = server.ask("alice", ChallengeNotes.NONE)) {
        page.press("approve");

        page.seeOutcome("approved");
        assertThat(page.all("why")).isEmpty();
        assertThat(asked.answer()).isEqualTo("approved");
      }
    }
  }
}
