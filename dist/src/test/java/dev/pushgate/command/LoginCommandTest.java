package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole logins of three processes: a server, a NAS and a phone. */
@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS)
class LoginCommandTest {
  private final CommandFolder folder;
  private final PushgateProcess server;
  private final Path account;

  LoginCommandTest(@TempDir Path path) throws Exception {
    folder = CommandFolder.in(path);
    server = folder.serve();
    account = folder.enrol("alice");
  }

  @AfterAll
  void end() {
    server.close();
  }

  private PushgateProcess login(String user, String... more) throws IOException {
    return PushgateProcess.start(
        Map.of("PUSHGATE_PASSWORD", CommandFolder.PASSWORD),
        System.getProperty("java.class.path"),
        List.of(folder.login(user, more)));
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.77, approve, approved, 0, Access-Accept,",
    "203.0.113.78, deny, denied, 1, Access-Reject, The sign-in was denied on your phone.",
    "203.0.113.79, report, reported, 1, Access-Reject, The sign-in was denied on your phone.",
  })
  void login_endsAsThePhoneAnswers(
      String from, String answer, String state, int exit, String packet, String message)
      throws Exception {
    try (PushgateProcess login = login("ALICE", "--from", from)) {
      login.awaitLine("waiting 4 s …");
      PushgateProcess.Result phone = PushgateProcess.run(folder.phone(account, answer)).done();
      PushgateProcess.Result ended = login.end();

      assertThat(phone.out())
          .first()
          .asString()
          .startsWith("alice signs in to Test VPN at test-vpn from " + from + ", until ");
      assertThat(phone.out()).last().isEqualTo("  " + state);
      assertThat(ended.exit()).as("%s", ended).isEqualTo(exit);
      assertThat(ended.out().getFirst())
          .matches(
              " +0\\.[0-9]{3} s sent Access-Request, [0-9]+ octets, to 127\\.0\\.0\\.1:[0-9]+");
      assertThat(ended.out()).anyMatch(line -> line.matches(" +[0-9.]+ s " + packet));
      assertThat(ended.out())
          .anyMatch(line -> line.matches(" +Message-Authenticator = 0x[0-9a-f]{32}"));
      if (message != null) {
        assertThat(ended.out()).last().isEqualTo("          Reply-Message = " + message);
      }
    }
    if (answer.equals("report")) {
      // Else the other tests' logins would not be asked about.
      assertThat(PushgateProcess.run("lift", "alice", "--config", folder.path().toString()).exit())
          .isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"pap, false", "chap, false", "mschapv2, true"})
  void login_byEachMethod_isAcceptedAndShowsWhatTheNasGets(String method, boolean keys)
      throws Exception {
    try (PushgateProcess login = login("alice", "--method", method)) {
      PushgateProcess.run(folder.phone(account, "approve")).done();
      PushgateProcess.Result ended = login.end().done();

      assertThat(ended.out()).anyMatch(line -> line.endsWith(" Access-Accept"));
      assertThat(ended.out().stream())
          .filteredOn(
              line ->
                  line.endsWith(" the server has proved that it knows the password, too")
                      || line.matches(" +MS-MPPE-(Send|Recv)-Key is 0x[0-9a-f]{32}"))
          .hasSize(keys ? 3 : 0);
    }
  }

  @Test
  void login_byAMethodThatIsNone_exitsTwoAndNamesThem() throws Exception {
    PushgateProcess.Result ended =
        PushgateProcess.run("login", "alice", "--method", "mschap", "--secret", "s");

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err().getFirst()).contains("'mschap' is not one of pap, mschapv2, chap");
  }

  @Test
  void watch_answersAllThatComeUntilItIsEnded() throws Exception {
    try (PushgateProcess phone =
        PushgateProcess.start(folder.phone(account, "watch", "--auto", "approve"))) {
      for (int i = 0; i < 2; i++) {
        try (PushgateProcess login = login("alice")) {
          login.end().done();
        }
      }
      phone.terminate();

      PushgateProcess.Result ended = phone.end();
      assertThat(ended.exit()).isEqualTo(143);
      assertThat(ended.out()).filteredOn("  approved"::equals).hasSize(2);
      assertThat(ended.err()).isEmpty();
    }
  }

  @Test
  void ignore_showsTheQuestionAndLeavesItOpen() throws Exception {
    try (PushgateProcess login = login("alice")) {
      assertThat(PushgateProcess.run(folder.phone(account, "ignore")).done().out())
          .singleElement()
          .asString()
          .contains("alice signs in to Test VPN");
      assertThat(login.isRunning()).isTrue();

      PushgateProcess.run(folder.phone(account, "approve")).done();
      login.end().done();
    }
  }

  @Test
  void login_withAWrongPassword_exitsOne() throws Exception {
    PushgateProcess.Result ended = PushgateProcess.runWithPassword("wrong", folder.login("alice"));

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.out()).anyMatch(line -> line.endsWith("Access-Reject"));
  }

  @Test
  void login_withoutAServer_saysWhatToLookAt() throws Exception {
    int nobody = CommandFolder.freeUdpPort();
    PushgateProcess.Result ended =
        PushgateProcess.runWithPassword(
            "any",
            "login",
            "alice",
            "--server",
            "127.0.0.1:" + nobody,
            "--secret",
            "s",
            "--timeout",
            "1");

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.out())
        .last()
        .asString()
        .endsWith(
            "no answer within 1 s. Is the server running at 127.0.0.1:"
                + nobody
                + ", is this host one of its clients, and does the shared secret match?");
  }

  @Test
  void approve_whenNobodyAsks_exitsOne() throws Exception {
    PushgateProcess.Result ended =
        PushgateProcess.run(folder.phone(account, "approve", "--wait", "0"));

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).containsExactly("pushgate: nobody asked within 0 s");
  }

  @Test
  void enrol_byALinkThatWasUsed_isRefusedInWords() throws Exception {
    String link = folder.invite("bob");
    Path first = folder.file("first.json");
    Path second = folder.file("second.json");
    PushgateProcess.run(folder.phone(first, "enrol", link)).done();

    PushgateProcess.Result ended = PushgateProcess.run(folder.phone(second, "enrol", link));

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err())
        .containsExactly("pushgate: the server refused: code-invalid (HTTP 403)");
    assertThat(second).doesNotExist();
  }

  @Test
  void phone_thatDoesNotTrustTheServer_saysHowToMakeIt() throws Exception {
    PushgateProcess.Result ended =
        PushgateProcess.run("phone", "approve", "--account", account.toString());

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).singleElement().asString().contains("give that by --trust");
  }

  @Test
  void phone_withoutAnAccount_namesTheFile() throws Exception {
    PushgateProcess.Result ended =
        PushgateProcess.run(folder.phone(folder.file("none.json"), "approve"));

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err())
        .containsExactly("pushgate: there is no file " + folder.file("none.json"));
  }
}
