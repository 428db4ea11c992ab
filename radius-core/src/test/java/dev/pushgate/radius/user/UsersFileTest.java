package dev.pushgate.radius.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.pushgate.radius.Problem;
import dev.pushgate.radius.user.UsersFile.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersFileTest {
  private static final String HASH = "{NT}8846F7EAEE8FB117AD06BDD830B7586C";

  @Test
  void sampleOfTheDocumentation_isRead() {
    Users users =
        users(
            """
            # people of the head office
            alice = $argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$D7nl3Ou5IJ56s6aAStf7474UZpc+Vk+qBOX3s+qNnS0
            alice.groups = vpn, admins
            bob = $2y$12$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW
            bob.factor = code
            ! on leave
            carol : {NT}8846f7eaee8fb117ad06bdd830b7586c
            carol.disabled = true
            """);

    assertThat(users.accounts())
        .extracting(Account::user, Account::disabled)
        .containsExactly(
            tuple(new User("alice", Set.of("vpn", "admins"), null), false),
            tuple(new User("bob", Set.of(), "code"), false),
            tuple(new User("carol", Set.of(), null), true));
  }

  @ParameterizedTest
  @CsvSource({
    "alice.smith@corp, alice.smith@corp",
    "group.vpn, group.vpn",
    "no.reply.example.com, no.reply.example.com",
    "CORP\\\\bob, CORP\\bob",
    "alice\\ smith, alice smith",
    "a\\=b\\:c, a=b:c",
    "\\#1, '#1'",
    "\\!, '!'",
    "j\\u00fcrgen, jürgen",
    "jürgen, jürgen",
    "مریم\u200cگلی, مریم\u200cگلی",
  })
  void name_isTheKeyAsWritten(String key, String name) {
    Users users = users(key + " = " + HASH + "\n" + key + ".groups = vpn\n");

    assertThat(users.accounts())
        .extracting(Account::user)
        .containsExactly(new User(name, Set.of("vpn"), null));
  }

  @ParameterizedTest
  @CsvSource({
    "alice, ALICE, alice",
    "Alice, alice, Alice",
    "jürgen, JÜRGEN, jürgen",
    "jürgen, ju\u0308rgen, jürgen",
    "ju\u0308rgen, JÜRGEN, ju\u0308rgen",
    "CORP\\\\bob, corp\\BOB, CORP\\bob",
  })
  void name_isFoundInAnyCaseAndNormalForm(String key, String typed, String canonical) {
    assertThat(users(key + " = " + HASH).find(typed))
        .map(account -> account.user().name())
        .contains(canonical);
  }

  @Test
  void propertyInAnotherCase_belongsToTheUser() {
    assertThat(users("Alice = " + HASH + "\nALICE.groups = vpn").find("alice"))
        .map(account -> account.user().groups())
        .contains(Set.of("vpn"));
  }

  @Test
  void propertyBeforeItsUser_isTaken() {
    assertThat(users("alice.groups = vpn\nalice = " + HASH).find("alice"))
        .map(account -> account.user().groups())
        .contains(Set.of("vpn"));
  }

  @Test
  void continuationLines_areJoined() {
    Users users = users("alice = \\\r\n   {NT}8846F7EAEE8FB117\\\r\n  AD06BDD830B7586C\r\n");

    assertThat(users.find("alice")).map(account -> account.password().text()).contains(HASH);
  }

  @Test
  void whiteSpaceAroundProperties_isIgnored() {
    Users users = users("alice=" + HASH + "\nalice.disabled = true \nalice.groups =\tvpn , a b \n");

    assertThat(users.find("alice"))
        .hasValueSatisfying(
            account -> {
              assertThat(account.disabled()).isTrue();
              assertThat(account.user().groups()).containsExactlyInAnyOrder("vpn", "a b");
            });
  }

  @Test
  void emptyFile_isReadWithAWarning() {
    assertThat(read("# nobody yet\n"))
        .isInstanceOfSatisfying(
            Reading.Read.class,
            read -> {
              assertThat(read.users().accounts()).isEmpty();
              assertThat(read.warnings())
                  .extracting(Problem::toString)
                  .containsExactly(
                      "users: the file names no users. Add one with `pushgate passwd USER`.");
            });
  }

  @Test
  void weakHashes_areReadWithAWarningEach() {
    Reading reading =
        read(
            """
            alice = $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4
            bob = $2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW
            """);

    assertThat(((Reading.Read) reading).warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "users:1: alice: argon2id with m=256,t=2,p=1 is weaker than m=7168,t=5,p=1. Set the"
                + " password anew with `pushgate passwd alice`.",
            "users:2: bob: bcrypt with cost 5 is weaker than cost 10. Set the password anew with"
                + " `pushgate passwd bob`.");
  }

  @Test
  void hundredThousandUsers_areAllRead(@TempDir Path folder) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append("user").append(i).append("@example.com = {CLEARTEXT}secret").append(i);
      text.append("\nuser").append(i).append("@example.com.groups = vpn, g").append(i % 7);
      text.append('\n');
    }
    Path file = Files.writeString(folder.resolve("users.properties"), text);

    Users users = ((Reading.Read) new UsersFile(file, Set.of("push")).read()).users();

    assertThat(users.accounts()).hasSize(100_000);
    for (int i = 0; i < 100_000; i++) {
      Account account = users.find("USER" + i + "@example.com").orElseThrow();
      assertThat(account.password().text()).isEqualTo("{CLEARTEXT}secret" + i);
      assertThat(account.user().groups()).containsExactlyInAnyOrder("vpn", "g" + i % 7);
    }
  }

  @Test
  void hundredThousandProblems_areAllTold() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      text.append("user").append(i).append(" = x\nghost").append(i).append(".groups = vpn\n");
    }

    assertThat(((Reading.Broken) read(text.toString())).problems()).hasSize(100_000);
  }

  @Test
  void usersOfOneFoldedName_areRefused() {
    Account alice = users("alice = " + HASH).accounts().iterator().next();
    Account upper = users("ALICE = " + HASH).accounts().iterator().next();

    assertThatThrownBy(() -> Users.of(List.of(alice, upper)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are two users 'ALICE'");
  }

  @Test
  void nothingPrinted_showsAPassword() {
    Users users = users("alice = {CLEARTEXT}hunter2\nbob = " + HASH);

    assertThat(users + " " + users.accounts()).doesNotContain("hunter2").doesNotContain("8846");
  }

  private static Users users(String text) {
    Reading reading = read(text);
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).users();
  }

  private static Reading read(String text) {
    return new UsersFile(Path.of("users"), Set.of("push", "code"))
        .reading(text.getBytes(StandardCharsets.UTF_8));
  }
}
