package dev.pushgate.radius.user;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.pushgate.radius.Problem;
import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.packet.EncodedAttribute;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.user.UsersFile.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
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
  void replyAttributes_ofUserAndGroups_areMergedByAttribute() {
    Users users =
        users(
            """
            alice = %1$s
            alice.groups = vpn, admins
            alice.reply.Filter-Id = own
            alice.reply.Class = "OU=policy;", "a ""quoted"", one"
            bob = %1$s
            bob.groups = admins, vpn
            group.vpn.reply.Filter-Id = of-the-group
            group.vpn.reply.Fortinet-Group-Name = "vpn", "staff"
            group.vpn.reply.Session-Timeout = 3600
            group.admins.reply.Fortinet-Group-Name = "admins", "staff"
            group.admins.reply.Session-Timeout = 60
            """
                .formatted(HASH));

    assertThat(reply(users, "alice"))
        .containsExactlyInAnyOrder(
            text(11, "own"),
            text(25, "OU=policy;"),
            text(25, "a \"quoted\", one"),
            fortinet("vpn"),
            fortinet("staff"),
            fortinet("admins"),
            new EncodedAttribute(27, new byte[] {0, 0, 0x0e, 0x10}));
    assertThat(reply(users, "bob"))
        .containsExactlyInAnyOrder(
            text(11, "of-the-group"),
            fortinet("admins"),
            fortinet("staff"),
            fortinet("vpn"),
            new EncodedAttribute(27, new byte[] {0, 0, 0, 60}));
  }

  @Test
  void tag_isTakenWithAndWithoutABackslashBeforeItsColon() {
    Users users =
        users(
            """
            alice = %s
            alice.reply.Tunnel-Private-Group-Id:1 = 42
            alice.reply.Tunnel-Private-Group-Id\\:2 = 43
            alice.reply.Tunnel-Type:1 = VLAN
            """
                .formatted(HASH));

    assertThat(reply(users, "alice"))
        .containsExactlyInAnyOrder(
            text(81, "\u000142"),
            text(81, "\u000243"),
            new EncodedAttribute(64, new byte[] {1, 0, 0, 13}));
  }

  @Test
  void whatNobodyGetsOrNotEveryNasTakes_isWarnedOf() {
    Reading reading =
        new UsersFile(Path.of("users"), Set.of(), Dictionary.shipped(), true, Clock.systemUTC())
            .reading(
                """
                alice = %s
                alice.groups = staff
                alice.reply.Service-Type = Administrative-User
                group.stuff.reply.Filter-Id = a
                group.staff.reply.Filter-Id = "%2$s", "%2$s1", "%2$s2", "%2$s3"
                """
                    .formatted(HASH, "x".repeat(249))
                    .getBytes(StandardCharsets.UTF_8));

    assertThat(((Reading.Read) reading).warnings())
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "users:3: alice.reply.Service-Type: ocserv fails logins whose Service-Type is not"
                + " Framed-User. Write Framed-User, or remove the line.",
            "users:1: alice: the reply attributes have 1013 octets, and pam_radius takes 986."
                + " Remove some where pam_radius asks.",
            "users:4: group.stuff.reply.Filter-Id: no user is in the group 'stuff'. Write 'staff'"
                + " if that is meant.");
  }

  private static List<EncodedAttribute> reply(Users users, String name) {
    return users.find(name).orElseThrow().user().reply().encoded();
  }

  private static EncodedAttribute text(int type, String value) {
    return new EncodedAttribute(type, value.getBytes(StandardCharsets.UTF_8));
  }

  private static EncodedAttribute fortinet(String group) {
    return EncodedAttribute.ofVendor(12356, 1, 1, 1, group.getBytes(StandardCharsets.UTF_8));
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
  void endedAccount_isWarnedOf() {
    Reading reading =
        new UsersFile(Path.of("users"), Set.of("push"))
            .reading(
                """
                alice = {CLEARTEXT}x
                alice.valid-until = 2020-01-31
                bob = {CLEARTEXT}x
                bob.valid-from = 2020-01-01T08:00+01:00[Europe/Berlin]
                bob.valid-until = 2999-12-31T18:00:00+01:00
                """
                    .getBytes(UTF_8));

    assertThat(((Reading.Read) reading).warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "users:2: alice.valid-until: the time is over, so the user is refused. Change the time,"
                + " or remove the user.");
    assertThat(((Reading.Read) reading).users().find("bob").orElseThrow().validity())
        .isEqualTo(
            new Validity(
                Instant.parse("2020-01-01T07:00:00Z"), Instant.parse("2999-12-31T17:00:00Z")));
  }

  @Test
  void manyWeakPasswordsOfAKind_areWarnedOfOnce() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 1000; i++) {
      text.append("user").append(i);
      text.append(" = $5$abcdefgh$c2mVCLYidsa6HKEE6QpfUhmYlOdnEqpMLEt282GtH27\n");
    }
    Reading reading =
        new UsersFile(Path.of("users"), Set.of("push")).reading(text.toString().getBytes(UTF_8));

    assertThat(((Reading.Read) reading).warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "users:1: user1: sha256-crypt with 5000 rounds is weaker than PBKDF2 with 600000"
                + " iterations, and so it is in 999 more lines. Set the password anew with"
                + " `pushgate passwd user1`.");
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

  @Test
  void languageAndMail_areTheUsers() {
    Users users =
        users(
            """
            alice = %1$s
            alice.language = de
            alice.mail = alice+vpn@mail.example.com
            bob = %1$s
            """
                .formatted(HASH));

    assertThat(users.find("alice").orElseThrow().user())
        .isEqualTo(
            new User(
                "alice",
                Set.of(),
                null,
                Language.DE,
                "alice+vpn@mail.example.com",
                ReplyAttributes.NONE));
    assertThat(users.find("bob").orElseThrow().user()).isEqualTo(new User("bob", Set.of(), null));
  }

  @Test
  void aUserWithoutASecondFactor_isWarnedOfLoudly() {
    Reading reading =
        new UsersFile(Path.of("users"), Set.of("push", "none"))
            .reading(
                ("alice = " + HASH + "\nalice.factor = none\n").getBytes(StandardCharsets.UTF_8));

    assertThat(((Reading.Read) reading).warnings())
        .map(Problem::toString)
        .containsExactly(
            "users:2: alice.factor: LETS THE USER IN BY THE PASSWORD ALONE, without a second"
                + " factor. Remove the line unless this is meant.");
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
