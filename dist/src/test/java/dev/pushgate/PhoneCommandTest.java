package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.challenge.Choice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code pushgate phone} with numbers, choices and several accounts, against a real server. */
@Timeout(60)
class PhoneCommandTest {
  private static final Choice CHOICE = new Choice(List.of("12", "47", "83"), "47");

  private final PhoneServer server;
  private final Path accounts;

  PhoneCommandTest(@TempDir Path folder) throws IOException, InterruptedException {
    server = PhoneServer.start(folder);
    accounts = Files.createDirectory(folder.resolve("accounts"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** How a command ended, and what it said. */
  private record Ended(int exit, List<String> out, List<String> err) {}

  private Ended phone(Path account, String... arguments) {
    List<String> all = new ArrayList<>(List.of("phone"));
    all.addAll(Arrays.asList(arguments));
    all.addAll(
        List.of("--account", account.toString(), "--trust", server.certificate().toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine pushgate =
        Pushgate.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = pushgate.execute(all.toArray(String[]::new));
    return new Ended(exit, out.toString().lines().toList(), err.toString().lines().toList());
  }

  private void enrol(String user) throws InterruptedException {
    assertThat(phone(accounts, "enrol", server.invite(user).toString()).exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"471604, 0, approved", "471 604, 0, approved", "471605, 1, denied"})
  void number_isGivenByMatch(String match, int exit, String state) throws Exception {
    enrol("alice");
    try (PhoneServer.Asked asked = server.askForNumber("alice", "471604")) {
      Ended ended = phone(accounts, "approve", "--match", match);

      assertThat(ended.exit()).isEqualTo(exit);
      assertThat(ended.out().getFirst()).endsWith("; type the 6 digits that the VPN shows");
      assertThat(asked.answer()).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @CsvSource({"47, 0, approved", "83, 1, denied"})
  void option_isGivenByMatch(String match, int exit, String state) throws Exception {
    enrol("alice");
    try (PhoneServer.Asked asked = server.askToChoose("alice", CHOICE)) {
      Ended ended = phone(accounts, "approve", "--match", match);

      assertThat(ended.exit()).isEqualTo(exit);
      assertThat(ended.out().getFirst()).endsWith("; choose what the VPN shows: 12, 47, 83");
      assertThat(asked.answer()).isEqualTo(state);
    }
  }

  @Test
  void matchThatIsMissingOrASlip_costsNoTry() throws Exception {
    enrol("alice");
    try (PhoneServer.Asked number = server.askForNumber("alice", "471604")) {
      assertThat(phone(accounts, "approve").err())
          .containsExactly(
              "pushgate: not approved: give what the VPN shows by 'phone approve --match'");
      assertThat(phone(accounts, "approve", "--match", "47160").err())
          .containsExactly("pushgate: not approved: the VPN shows 6 digits");
      assertThat(number.isOpen()).isTrue();
      assertThat(phone(accounts, "deny").exit()).isZero();
    }
    try (PhoneServer.Asked choice = server.askToChoose("alice", CHOICE)) {
      assertThat(phone(accounts, "approve", "--match", "48").err())
          .containsExactly("pushgate: not approved: the VPN shows one of 12, 47, 83");
      assertThat(choice.isOpen()).isTrue();
      assertThat(phone(accounts, "report").out()).last().isEqualTo("  reported");
      assertThat(choice.answer()).isEqualTo("reported");
    }
  }

  @Test
  void reasons_areTold() throws Exception {
    enrol("alice");
    try (PhoneServer.Asked _ = server.ask("alice", new ChallengeNotes(true, 4))) {
      assertThat(phone(accounts, "deny").out())
          .hasSize(4)
          .contains(
              "  new place: no sign-in from this address in the last 30 days",
              "  request 4 in a short time");
    }
  }

  @Test
  void folderOfAccounts_isListedAndAnswersForEach() throws Exception {
    enrol("alice");
    enrol("bob");
    assertThat(phone(accounts, "list").out())
        .satisfiesExactly(
            headings -> assertThat(headings).startsWith("USER"),
            first -> assertThat(first).startsWith("alice").endsWith("account-1.json"),
            second -> assertThat(second).startsWith("bob").endsWith("account-2.json"));
    assertThat(String.join("\n", phone(accounts, "list", "--json").out()))
        .contains("\"user\" : \"bob\"", "\"server\" : \"" + server.base() + "\"")
        .doesNotContain("\"d\"");

    for (String user : List.of("bob", "alice")) {
      try (PhoneServer.Asked asked = server.ask(user, ChallengeNotes.NONE)) {
        Ended ended = phone(accounts, "approve");

        assertThat(ended.exit()).isZero();
        assertThat(ended.out().getFirst()).startsWith(user + " signs in to Demo VPN");
        assertThat(asked.answer()).isEqualTo("approved");
      }
    }
  }

  @Test
  void oneAccountOfSeveral_isNamedByItsFile() throws Exception {
    enrol("alice");
    enrol("bob");
    try (PhoneServer.Asked asked = server.ask("bob", ChallengeNotes.NONE)) {
      Ended ended = phone(accounts.resolve("account-1.json"), "approve", "--wait", "0");

      assertThat(ended.exit()).isEqualTo(1);
      assertThat(ended.err()).containsExactly("pushgate: nobody asked within 0 s");
      assertThat(asked.isOpen()).isTrue();
    }
  }

  @Test
  void folderWithoutAccounts_saysHowToMakeOne() {
    assertThat(phone(accounts, "list").err())
        .containsExactly(
            "pushgate: there is no account in " + accounts + "; 'pushgate phone enrol' makes one");
  }
}
