package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A NAS that checks the passwords itself: whatever stands in the request as one, nobody comes in
 * without a second factor that was checked in this login.
 */
class NasChecksPasswordsTest {
  private static final String CHECKS_ITSELF = "source = nas, mode = block";
  private static final String NOT_ALLOWED = "This account may not sign in here.";

  private static DialogueServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = new DialogueServer(folder, "groups.exempt.factor = none");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anyPassword_leadsToThePhone() throws Exception {
    var _ =
        server
            .user()
            .withPhone()
            .at(CHECKS_ITSELF)
            .types("whatever the NAS sends")
            .waits()
            .approves()
            .isLetIn("push");
  }

  @Test
  void denial_isARefusal() throws Exception {
    var _ =
        server
            .user()
            .withPhone()
            .at(CHECKS_ITSELF)
            .types("x")
            .denies()
            .isRefused("denied", "The sign-in was denied on your phone.");
  }

  @Test
  void disabledUser_isRefused() throws Exception {
    var _ =
        server
            .user("disabled = true")
            .at(CHECKS_ITSELF)
            .types("x")
            .isRefused("account-disabled", "Wrong user name or password.", null);
  }

  @Test
  void userWithoutFactor_isRefused() throws Exception {
    var _ =
        server
            .user("factor = none")
            .at(CHECKS_ITSELF)
            .types("x")
            .isRefused("nothing-proved", NOT_ALLOWED);
  }

  @Test
  void groupWithoutFactor_isRefused() throws Exception {
    var _ =
        server
            .user("groups = exempt")
            .at(CHECKS_ITSELF)
            .types("x")
            .isRefused("nothing-proved", NOT_ALLOWED);
  }

  @Test
  void bypass_helpsWhereThePasswordIsCheckedHereAndNotElsewhere() throws Exception {
    DialogueUser user = server.user().withPhone();
    assertThat(server.run("bypass", user.name(), "--for", "1h", "--reason", "lost phone")).isZero();

    var _ = user.at("mode = block").types(DialogueUser.PASSWORD).isLetIn("bypass");
    var _ = user.at(CHECKS_ITSELF).types("x").waits().approves().isLetIn("push");
  }

  @Test
  void codeOfTheHelpDesk_servesBecauseItIsChecked() throws Exception {
    DialogueUser user = server.user();
    String code =
        server
            .pushgate()
            .state()
            .bypassCodes()
            .issue(user.name(), Instant.now().plusSeconds(3600), "lost phone", "root");
    var _ =
        user.at("source = nas, append = on, mode = block")
            .types("x," + code)
            .isLetIn("bypass-code");
  }
}
