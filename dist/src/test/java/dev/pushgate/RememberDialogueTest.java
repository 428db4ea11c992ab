package dev.pushgate;

import static dev.pushgate.DialogueUser.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Remembered and bypassed second factors: packets in, packets out. */
class RememberDialogueTest {
  private static final String REMEMBERING = "remember = 8h, append = on";
  private static final String DENIED = "The sign-in was denied on your phone.";

  private static DialogueServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = new DialogueServer(folder, "push.expiry = 20s");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static DialogueUser remembered() throws Exception {
    DialogueUser user = server.user().withPhone().at(REMEMBERING);
    return user.types(PASSWORD).waits().approves().isLetIn("push");
  }

  @Test
  void secondLoginFromTheSameAddress_needsNoPushUntilAFixedEnd() throws Exception {
    DialogueUser user = remembered();
    var _ = user.types(PASSWORD).isLetIn("remembered").isAskedNothing();
    server.later(Duration.ofHours(7));
    var _ = user.types(PASSWORD).isLetIn("remembered").isAskedNothing();
    server.later(Duration.ofHours(1).plusSeconds(1));
    var _ = user.types(PASSWORD).waits().approves().isLetIn("push");
    var _ = user.types(PASSWORD).isLetIn("remembered");
  }

  @Test
  void anotherAddressOrNone_isAsked() throws Exception {
    DialogueUser user = remembered();
    var _ = user.from("203.0.113.8").types(PASSWORD).waits().approves().isLetIn("push");
    var _ = user.from("").types(PASSWORD).waits().approves().isLetIn("push");
    var _ = user.from("").types(PASSWORD).waits().approves().isLetIn("push");
    var _ = user.from("alices-laptop").types(PASSWORD).waits().approves().isLetIn("push");
    var _ = user.from("alices-laptop").types(PASSWORD).waits().approves().isLetIn("push");
    var _ = user.from("203.0.113.7:51000").types(PASSWORD).isLetIn("remembered");
  }

  @Test
  void anotherPasswordThoughRight_isAsked() throws Exception {
    DialogueUser user = remembered();
    server.setPassword(user.name(), "another-horse");
    var _ = user.types("another-horse").waits().approves().isLetIn("push");
    var _ = user.types("another-horse").isLetIn("remembered");
  }

  @Test
  void anotherClient_isAskedUnlessOfTheSameGroup() throws Exception {
    DialogueUser user = remembered();
    var _ = user.at(REMEMBERING).types(PASSWORD).waits().approves().isLetIn("push");
    String portal = server.client(REMEMBERING + ", login-group = gp");
    String gateway = server.client(REMEMBERING + ", login-group = gp");
    var _ = user.atNas(portal).types(PASSWORD).waits().approves().isLetIn("push");
    var _ = user.atNas(gateway).types(PASSWORD).isLetIn("remembered").isAskedNothing();
    var _ = user.at("remember = off").types(PASSWORD).waits().approves().isLetIn("push");
  }

  @Test
  void codeIsRemembered_andTheCodeBehindThePasswordIsNoPartOfIt() throws Exception {
    DialogueUser user = server.user().withApp().at(REMEMBERING);
    var _ = user.types(PASSWORD + "," + user.code()).isLetIn("code");
    var _ = user.types(PASSWORD).isLetIn("remembered");
  }

  @Test
  void denialElsewhere_endsIt() throws Exception {
    DialogueUser user = remembered();
    var _ = user.from("203.0.113.9").types(PASSWORD).denies().isRefused("denied", DENIED);
    var _ = user.from("203.0.113.7").types(PASSWORD).waits().approves().isLetIn("push");
  }

  @Test
  void removalOfADevice_endsIt() throws Exception {
    DialogueUser user = remembered().withPhone();
    user.removesPhone();
    var _ = user.types(PASSWORD).waits().approves().isLetIn("push");
  }

  @Test
  void forgetting_endsIt() throws Exception {
    DialogueUser user = remembered();
    assertThat(server.run("forget", user.name())).isZero();
    var _ = user.types(PASSWORD).waits().approves().isLetIn("push");
  }

  @Test
  void restart_keepsIt() throws Exception {
    DialogueUser user = remembered();
    server.restart();
    var _ = user.types(PASSWORD).isLetIn("remembered");
  }

  @Test
  void neitherNoneNorABypass_isRemembered() throws Exception {
    DialogueUser user = server.user().withPhone().at(REMEMBERING);
    assertThat(server.run("bypass", user.name(), "--for", "1h", "--reason", "lost phone")).isZero();
    var _ = user.types(PASSWORD).isLetIn("bypass").isAskedNothing();
    assertThat(server.run("bypass", "end", user.name())).isZero();
    var _ = user.types(PASSWORD).waits().approves().isLetIn("push");
  }

  @Test
  void bypass_endsByItself() throws Exception {
    DialogueUser user = server.user().withPhone().at("kind = fortigate");
    var _ =
        server
            .pushgate()
            .state()
            .bypasses()
            .grant(
                user.name(),
                server.clock().instant().plus(Duration.ofHours(1)),
                "lost phone",
                "root");
    var _ = user.types(PASSWORD).isLetIn("bypass");
    var _ = user.from("198.51.100.1").types(PASSWORD).isLetIn("bypass");
    server.later(Duration.ofHours(1));
    var _ =
        user.types(PASSWORD)
            .isPromptedAsByFortinet(
                120,
                "+Enter token code or no code to send a notification to your FortiToken Mobile");
  }

  @Test
  void bypass_doesNotHelpWhomThePolicyDenies() throws Exception {
    DialogueUser user = server.user("factor = deny").at("kind = generic");
    assertThat(server.run("bypass", user.name(), "--for", "1h", "--reason", "lost phone")).isZero();
    var _ = user.types(PASSWORD).isRefused("not-allowed", "This account may not sign in here.");
  }
}
