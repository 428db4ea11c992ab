package dev.pushgate;

import static dev.pushgate.DialogueUser.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A code or push behind the password: packets in, packets out. */
class AppendDialogueTest {
  private static final String WRONG_PASSWORD = "Wrong user name or password.";
  private static final String WRONG_CODE = "The code is wrong. Please sign in again.";

  private static DialogueServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = new DialogueServer(folder, "push.expiry = 20s");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static DialogueUser user(String... entries) throws Exception {
    return server.user(entries).withPhone().withApp().at("append = on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"block", "challenge"})
  void codeOrPushBehindThePassword_isServedInEachMode(String mode) throws Exception {
    DialogueUser user = server.user().withPhone().withApp().at("append = on, mode = " + mode);
    var _ = user.types(PASSWORD + "," + user.code()).isLetIn("code").isAskedNothing();
    var _ = user.types(PASSWORD + ",push").waits().approves().isLetIn("push");
  }

  @Test
  void push2BehindThePassword_asksTheSecondPhoneOnly() throws Exception {
    DialogueUser user = user().withPhone();
    var _ = user.types(PASSWORD + ",push2");
    var _ = user.question(2);
    var _ = user.isAskedNothing(1).approves(2, null).isLetIn("push");
    var _ = user.types(PASSWORD + ",PUSH 1");
    var _ = user.question(1);
    var _ = user.isAskedNothing(2).approves(1, null).isLetIn("push");
    var _ =
        user.types(PASSWORD + ",push 9")
            .isRefused("no-such-device", "There is no device 9. Please sign in again.")
            .isAskedNothing();
  }

  @Test
  void usedCode_isRefusedAndTellsTheSeconds() throws Exception {
    DialogueUser user = user();
    server.atTheBeginningOfAStep();
    String typed = PASSWORD + "," + user.code();
    var _ = user.types(typed).isLetIn("code");
    var _ =
        user.types(typed).isRefused("code-used", "Please wait {seconds} seconds to login again");
    assertThat(Integer.parseInt(user.shown())).isBetween(26, 30);
    server.later(Duration.ofSeconds(Integer.parseInt(user.shown())));
    var _ = user.types(PASSWORD + "," + user.code()).isLetIn("code");
  }

  @Test
  void wrongCode_isRefused() throws Exception {
    DialogueUser user = user();
    var _ =
        user.types(PASSWORD + "," + user.wrongCode())
            .isRefused("wrong-code", WRONG_CODE)
            .isAskedNothing();
  }

  @Test
  void rightCodeBehindAWrongPassword_isNotUsedUp() throws Exception {
    DialogueUser user = user();
    String code = user.code();
    var _ =
        user.types("wrong-horse," + code)
            .isRefused("wrong-password", WRONG_PASSWORD, null)
            .isAskedNothing();
    var _ = user.types(PASSWORD + "," + code).isLetIn("code");
  }

  @Test
  void codesOnPaperAndOfTheHelpDesk_areTakenBehindThePassword() throws Exception {
    DialogueUser user = server.user().withPhone().at("append = on");
    String onPaper = server.pushgate().state().recoveryCodes().issue(user.name()).getFirst();
    String ofHelpDesk =
        server
            .pushgate()
            .state()
            .bypassCodes()
            .issue(user.name(), Instant.now().plusSeconds(3600), "lost phone", "root");
    var _ = user.types(PASSWORD + "," + onPaper).isLetIn("recovery-code");
    var _ = user.types(PASSWORD + "," + onPaper).isRefused("wrong-code", WRONG_CODE);
    var _ = user.types(PASSWORD + "," + ofHelpDesk).isLetIn("bypass-code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"correct,horse", "horse,123456", "horse,push", "horse,", ",horse"})
  void passwordWithAComma_goesOnToWork(String password) throws Exception {
    DialogueUser user = user();
    server.setPassword(user.name(), password);
    var _ = user.types(password).waits().approves().isLetIn("push");
    var _ = user.types(password + "," + user.code()).isLetIn("code").isAskedNothing();
    var _ = user.types(password + ",push").waits().approves().isLetIn("push");
  }

  @Test
  void commaWhereAppendIsOff_belongsToThePassword() throws Exception {
    DialogueUser user = server.user().withPhone().withApp().at("kind = generic");
    var _ =
        user.types(PASSWORD + "," + user.code())
            .isRefused("wrong-password", WRONG_PASSWORD, null)
            .isAskedNothing();
  }

  @Test
  void retransmissionOfALoginByCode_getsTheSameReply() throws Exception {
    DialogueUser user = user();
    var _ = user.types(PASSWORD + "," + user.code()).isLetIn("code").retransmits().isLetIn("code");
    assertThat(user.audit()).hasSize(1);
  }

  @Test
  void codeInAFailOverOfALoginUnderWay_joinsItAndIsNotUsed() throws Exception {
    DialogueUser user = server.user().withApp().at("append = on, answer-within = 6s");
    // That its packets are signed is stored at the first of them.
    var _ = user.types("wrong-horse").isRefused("wrong-password", WRONG_PASSWORD, null);
    String typed = PASSWORD + "," + user.code();
    CountDownLatch storeIsFree = new CountDownLatch(1);
    try (CapturedLog log = CapturedLog.open()) {
      Thread slowDisk = Thread.ofVirtual().start(() -> keepStoreBusy(storeIsFree));
      try {
        var _ = user.types(typed).retransmits();
        server.awaitWaiting(1);
        var _ = user.failsOver(typed);
        await()
            .until(
                () ->
                    log.messages("dev.pushgate.radius").stream()
                        .anyMatch(line -> line.contains("next try at a login of " + user.name())));
      } finally {
        storeIsFree.countDown();
      }
      slowDisk.join();
      var _ =
          user.isLetIn("code")
              .olderIsRefused("Another request for this sign-in has been answered.");
    }
    assertThat(user.audit()).hasSize(2);
  }

  private static void keepStoreBusy(CountDownLatch until) {
    try {
      var _ =
          server
              .pushgate()
              .state()
              .store()
              .write(
                  handle -> {
                    try {
                      until.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    return true;
                  });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void pushInAFailOverOfALoginUnderWay_isOneQuestion() throws Exception {
    DialogueUser user = server.user().withPhone().at("append = on, answer-within = 6s");
    var _ = user.types(PASSWORD + ",push").waits().retransmits().failsOver(PASSWORD + ",push");
    server.awaitWaiting(2);
    var _ =
        user.approves()
            .isLetIn("push")
            .olderIsRefused("Another request for this sign-in has been answered.")
            .isAskedNothing();
  }

  @Test
  void pushWhereMoreIsNeeded_isRefused() throws Exception {
    var _ =
        user("factor = code")
            .types(PASSWORD + ",push")
            .isRefused("code-needed", "Please type a comma and a code behind your password.")
            .isAskedNothing();
    var _ =
        user("factor = number")
            .types(PASSWORD + ",push")
            .isRefused(
                "number-needed",
                "This account must confirm with a number, which this VPN cannot show."
                    + " Please ask your administrator.")
            .isAskedNothing();
    DialogueUser pushOnly = user("factor = push");
    var _ =
        pushOnly
            .types(PASSWORD + "," + pushOnly.code())
            .isRefused("wrong-code", WRONG_CODE)
            .isAskedNothing();
  }

  @Test
  void pushInModeNumber_isShownANumberAllTheSame() throws Exception {
    DialogueUser user = server.user().withPhone().withApp().at("append = on, kind = ocserv");
    var _ = user.types(PASSWORD + "," + user.code()).isLetIn("code").isAskedNothing();
    var _ =
        user.types(PASSWORD + ",push")
            .isPrompted(20, "Enter {number} on your phone, then press OK, or enter a code here");
    var _ = user.approves(user.number()).types("").isLetIn("number");
  }

  @Test
  void numberNeededWhereItCanBeShown_isShownForPush() throws Exception {
    DialogueUser user =
        server.user("factor = number").withPhone().at("append = on, kind = fortigate");
    var _ =
        user.types(PASSWORD + ",push")
            .isPrompted(20, "Enter {number} on your phone, then press OK");
    var _ = user.approves(user.number()).types("").isLetIn("number");
  }

  @Test
  void germanUser_readsGerman() throws Exception {
    DialogueUser user = user("language = de");
    server.atTheBeginningOfAStep();
    String typed = PASSWORD + "," + user.code();
    var _ = user.types(typed).isLetIn("code");
    var _ =
        user.types(typed)
            .isRefused(
                "code-used", "Bitte warten Sie {seconds} Sekunden bis zur nächsten Anmeldung");
  }
}
