package dev.pushgate.radius.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pushgate.radius.Problem;
import dev.pushgate.radius.user.UsersFile.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake in a users file, and the words in which the administrator learns of it. */
class BrokenUsersFileTest {
  private static final String HASH = "{NT}8846F7EAEE8FB117AD06BDD830B7586C";
  private static final String SALT_AND_TAG =
      "$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

  /** The text of the file as Latin-1, so that a row can hold any octets; then the messages. */
  static Stream<Arguments> brokenFiles() {
    return Stream.of(
        row(
            "alice = " + HASH + "\nalice.language = fr",
            "users:2: alice.language: 'fr' is not a language of this server. Write one of: de, en."),
        row(
            "alice = " + HASH + "\nalice.mail = -oProxy@example.com",
            "users:2: alice.mail: '-oProxy@example.com' is not a mail address. Write one such as"
                + " alice@example.com."),
        row(
            "alice = " + HASH + "\nalice.mail = a@example.com, b@example.com",
            "users:2: alice.mail: 'a@example.com, b@example.com' is not a mail address. Write one"
                + " such as alice@example.com."),
        row(
            "alice = hunter2",
            "users:1: alice: the value has no known password scheme. Hash the password with"
                + " `pushgate passwd alice`, or write {CLEARTEXT} before it on purpose."),
        row(
            "alice\\ smith = hunter2",
            "users:1: alice smith: the value has no known password scheme. Hash the password with"
                + " `pushgate passwd 'alice smith'`, or write {CLEARTEXT} before it on purpose."),
        row(
            "alice = {SSHA}aHVudGVyMg==",
            "users:1: alice: the value has no known password scheme. Hash the password with"
                + " `pushgate passwd alice`, or write {CLEARTEXT} before it on purpose."),
        row(
            "# users\n\nalice =",
            "users:3: alice: there is no password behind '='. Set one with `pushgate passwd"
                + " alice`."),
        row(
            "alice = {CLEARTEXT}hunter2 ",
            "users:1: alice: the value ends in white space, which nobody sees. Remove it, or write"
                + " the last space as '\\ ' if it belongs to the password."),
        row(
            "alice = {CLEARTEXT}",
            "users:1: alice: behind {CLEARTEXT} stands no password, or one with a NUL, which is"
                + " always refused. Set a new password with `pushgate passwd alice`."),
        row(
            "alice = {NT}8846F7EAEE8FB117AD06BDD830B7586",
            "users:1: alice: behind {NT} stand other than 32 hex digits. Set a new password with"
                + " `pushgate passwd alice`."),
        row(
            "alice = $argon2id$v=19$m=2097152,t=1,p=1" + SALT_AND_TAG,
            "users:1: alice: argon2id with m=2097152,t=1,p=1 costs more than m=1048576,t=4,p=64."
                + " Set a new password with `pushgate passwd alice`."),
        row(
            "alice = $argon2id$v=19$m=19456,t=1000,p=1" + SALT_AND_TAG,
            "users:1: alice: argon2id with m=19456,t=1000,p=1 costs more than m=1048576,t=4,p=64."
                + " Set a new password with `pushgate passwd alice`."),
        row(
            "alice = $argon2id$v=19$m=16,t=2,p=4" + SALT_AND_TAG,
            "users:1: alice: argon2id with m=16,t=2,p=4 has less than 8 KiB of memory for each"
                + " lane. Set a new password with `pushgate passwd alice`."),
        row(
            "alice = $argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
            "users:1: alice: the salt (8 to 64 octets) or the hash (16 to 64 octets) behind"
                + " $argon2id$ is cut off or damaged. Set a new password with `pushgate passwd"
                + " alice`."),
        row(
            "alice = $argon2id$v=19$m=19456,t=2,p=1",
            "users:1: alice: the value is not a whole $argon2id$v=19$m=…,t=…,p=…$salt$hash. Set a"
                + " new password with `pushgate passwd alice`."),
        row(
            "alice = $2y$17$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
            "users:1: alice: bcrypt's cost 17 is not between 4 and 16. Set a new password with"
                + " `pushgate passwd alice`."),
        row(
            "alice = $2y$12$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyO",
            "users:1: alice: the bcrypt hash is cut off or damaged: it has 60 characters. Set a new"
                + " password with `pushgate passwd alice`."),
        row(
            "alice = $6$salt$hash",
            "users:1: alice: the sha512-crypt hash is cut off or damaged: it has 86 characters. Set"
                + " a new password with `pushgate passwd alice`."),
        row(
            "alice = $5$rounds=x$salt$hash",
            "users:1: alice: the value is not a whole $5$salt$hash, perhaps with rounds=… before"
                + " the salt, which has 1 to 16 characters. Set a new password with `pushgate"
                + " passwd alice`."),
        row(
            "alice = $5$rounds=9000000$abcdefgh$c2mVCLYidsa6HKEE6QpfUhmYlOdnEqpMLEt282GtH27",
            "users:1: alice: sha256-crypt with 9000000 rounds is not between 1000 and 5000000. Set"
                + " a new password with `pushgate passwd alice`."),
        row(
            "alice = $pbkdf2-sha256$29000$salt",
            "users:1: alice: the value is not a whole $pbkdf2-sha256$i=…,l=…$salt$hash. Set a new"
                + " password with `pushgate passwd alice`."),
        row(
            "alice = $pbkdf2-sha512$i=3000000" + SALT_AND_TAG,
            "users:1: alice: pbkdf2-sha512 with 3000000 iterations is not between 1000 and 2000000."
                + " Set a new password with `pushgate passwd alice`."),
        row(
            "alice = $pbkdf2-sha256$29000$c29tZXNhbHQ$nf65EOgL",
            "users:1: alice: the salt (8 to 64 octets) or the hash (16 to 32 octets, and as many as"
                + " l= says) behind $pbkdf2-sha256$ is cut off or damaged. Set a new password with"
                + " `pushgate passwd alice`."),
        row(
            "alice = " + HASH + "\nbob = " + HASH + "\nalice = " + HASH,
            "users:3: alice: this was given already in line 1. Remove one of the two lines."),
        row(
            "alice = " + HASH + "\nAlice = " + HASH,
            "users:2: Alice: this differs from 'alice' in line 1 only in case or normal form."
                + " Rename or remove one of the two."),
        row(
            "j\\u00fcrgen = " + HASH + "\nju\\u0308rgen = " + HASH,
            "users:2: ju\u0308rgen: this differs from 'j\u00fcrgen' in line 1 only in case or"
                + " normal form. Rename or remove one of the two."),
        row(
            "alice = " + HASH + "\nalice.groups = vpn\nalice.groups = admins",
            "users:3: alice.groups: this was given already in line 2. Remove one of the two"
                + " lines."),
        row(
            "alice = {NT}31d6cfe0d16ae931b73c59d7e0c089c0",
            "users:1: alice: behind {NT} stands the hash of the empty password. Set a new password"
                + " with `pushgate passwd alice`."),
        row(
            "alice = " + HASH + "\nalcie.groups = vpn",
            "users:2: alcie.groups: there is no user 'alcie'. Write 'alice' if that is who is"
                + " meant, or add the user with `pushgate passwd alcie`."),
        row(
            "alice = " + HASH + "\nbob.groups = vpn",
            "users:2: bob.groups: there is no user 'bob'. Add the user with `pushgate passwd bob`,"
                + " or remove the line."),
        row(
            "alice = " + HASH + "\nalice.group = vpn",
            "users:2: alice.group: a user has no property 'group', and as a password the value has"
                + " no known scheme. Write groups, factor, disabled, valid-from, valid-until, language, mail or reply.ATTRIBUTE behind"
                + " 'alice.', or set the password of a user of this name with `pushgate passwd"
                + " alice.group`."),
        row(
            "alice = " + HASH + "\nalice.groups = vpn,, admins",
            "users:2: alice.groups: a group has no name. Separate the groups by single commas."),
        row(
            "alice = " + HASH + "\nalice.groups = v\\u202epn",
            "users:2: alice.groups: in a group, the name has the control or invisible character"
                + " \\u{202e} in it. Choose another name."),
        row(
            "alice = " + HASH + "\nalice.factor = sms",
            "users:2: alice.factor: 'sms' is not a second factor of this server. Write one of: code,"
                + " push."),
        row(
            "alice = " + HASH + "\nalice.disabled = yes",
            "users:2: alice.disabled: 'yes' is neither true nor false. Write true or false."),
        row(
            "alice = " + HASH + "\nalice.valid-until = 31.1.2027",
            "users:2: alice.valid-until: '31.1.2027' is neither a day nor a time with its zone."
                + " Write one such as 2027-01-31 or 2027-01-31T18:00:00Z."),
        row(
            "alice = " + HASH + "\nalice.valid-from = 2027-01-31T18:00:00",
            "users:2: alice.valid-from: '2027-01-31T18:00:00' is neither a day nor a time with its"
                + " zone. Write one such as 2027-01-31 or 2027-01-31T18:00:00Z."),
        row(
            "alice = " + HASH + "\nalice.valid-from = 2027-02-29",
            "users:2: alice.valid-from: '2027-02-29' is neither a day nor a time with its zone."
                + " Write one such as 2027-01-31 or 2027-01-31T18:00:00Z."),
        row(
            "alice = " + HASH + "\nalice.valid-until = 2027-01-31\nalice.valid-from = 2027-02-01",
            "users:2: alice.valid-until: the account ends before it begins by valid-from. Change"
                + " one of the two lines."),
        row(
            "alice = " + HASH + "\nalice.reply.Filter-Idd = staff",
            "users:2: alice.reply.Filter-Idd: no dictionary has an attribute 'Filter-Idd'. Write"
                + " Filter-Id."),
        row(
            "alice = " + HASH + "\nalice.reply.Class = OU=vpn,DC=corp",
            "users:2: alice.reply.Class: it is not clear whether the comma belongs to the value or"
                + " separates two. Write \"one\", \"two\" for two values, or \"one, two\" for one."),
        row(
            "alice = " + HASH + "\nalice.reply.Class = \"vpn",
            "users:2: alice.reply.Class: a value in double quotes has no end. Write a quote behind"
                + " it; a quote inside is written twice."),
        row(
            "alice = " + HASH + "\nalice.reply.Filter-Id = a\nalice.reply.filter-id = b",
            "users:3: alice.reply.filter-id: this differs from 'alice.reply.Filter-Id' in line 2"
                + " only in case or normal form. Rename or remove one of the two."),
        row(
            "alice = " + HASH + "\nalice.reply.Tunnel-Type:40 = VLAN",
            "users:2: alice.reply.Tunnel-Type:40: '40' is not a tag. Write a number from 1 to 31."),
        row(
            "bob.reply.Filter-Id = staff",
            "users:1: bob.reply.Filter-Id: there is no user 'bob'. Add the user with `pushgate"
                + " passwd bob`, or remove the line."),
        row(
            "group.vpn = " + HASH + "\ngroup.vpn.reply.Filter-Id = staff",
            "users:2: group.vpn.reply.Filter-Id: this may mean the group 'vpn' or the user"
                + " 'group.vpn'. Give the user another name."),
        row(
            "alice = "
                + HASH
                + "\nalice.reply.Filter-Id = "
                + ("\"" + "x".repeat(250) + "\", ").repeat(17)
                + "\"y\"",
            "users:1: alice: the reply attributes have 4287 octets, and a packet can carry 4058."
                + " Remove some, of the user or of the groups."),
        row(
            "CORP\\alice = " + HASH,
            "users:1: CORP\\alice: '\\a' is not an escape. Write '\\\\' for a backslash, as in"
                + " DOMAIN\\\\user."),
        row(
            "CORP\\user = " + HASH,
            "users:1: CORP\\user: '\\u' is not followed by four hex digits. Write '\\\\' for a"
                + " backslash, as in DOMAIN\\\\user."),
        row(
            "alice = {CLEARTEXT}hun\\ter\\2",
            "users:1: alice: the value has an unknown escape in it. Write '\\\\' for a backslash, as"
                + " in DOMAIN\\\\user."),
        row(
            "alice = {CLEARTEXT}\\uXYZ",
            "users:1: alice: in the value, '\\u' is not followed by four hex digits. Write '\\\\'"
                + " for a backslash, as in DOMAIN\\\\user."),
        row(
            "alice = {CLEARTEXT}\\ud83d",
            "users:1: alice: a '\\uXXXX' gives half of a character. Write both halves, or the"
                + " character itself."),
        row(
            "alice smith = " + HASH,
            "users:1: there is no '=' between name and value, or white space inside the name. Write"
                + " NAME = VALUE, and '\\ ' for a space inside the name."),
        row(
            "alice " + HASH,
            "users:1: there is no '=' between name and value, or white space inside the name. Write"
                + " NAME = VALUE, and '\\ ' for a space inside the name."),
        row(
            "alice",
            "users:1: there is no '=' between name and value, or white space inside the name. Write"
                + " NAME = VALUE, and '\\ ' for a space inside the name."),
        row("= " + HASH, "users:1: there is no name before '='. Write NAME = VALUE."),
        row(
            "alice = " + HASH + "\\\n",
            "users:1: alice: the last line ends in a backslash. Remove it, or write the line that"
                + " follows."),
        row("\\\nalice = " + HASH, "users:1: the line has a backslash alone. Remove the line."),
        row(
            "ali\\u202ece = " + HASH,
            "users:1: ali\\u{202e}ce: the name has the control or invisible character \\u{202e} in"
                + " it. Choose another name."),
        row(
            "ali\\u001b[2Jce = " + HASH,
            "users:1: ali\\u{1b}[2Jce: the name has the control or invisible character \\u{1b} in"
                + " it. Choose another name."),
        row(
            "a".repeat(254) + " = " + HASH,
            "users:1: "
                + "a".repeat(128)
                + "…: the name has 254 octets, and RADIUS carries 253. Choose another name."),
        row(
            "# gr\u00fc\u00dfe\r\nalice = " + HASH + "\r\nj\u00fcrgen = " + HASH,
            "users:1: the line is not in UTF-8. Save the file as UTF-8, perhaps with iconv.",
            "users:3: the line is not in UTF-8. Save the file as UTF-8, perhaps with iconv."),
        row(
            "\u00ef\u00bb\u00bfalice = " + HASH,
            "users: the file begins with a byte order mark. Save it as UTF-8 without a byte order"
                + " mark."),
        row("\u00ff\u00fea\0", "users: the file is in UTF-16. Save it as UTF-8."),
        row(
            "alice = hunter2\nalice.groups = vpn\nalice.disabled = on\nbob.factor = push\nC\\d = x",
            "users:1: alice: the value has no known password scheme. Hash the password with"
                + " `pushgate passwd alice`, or write {CLEARTEXT} before it on purpose.",
            "users:3: alice.disabled: 'on' is neither true nor false. Write true or false.",
            "users:4: bob.factor: there is no user 'bob'. Add the user with `pushgate passwd bob`,"
                + " or remove the line.",
            "users:5: C\\d: '\\d' is not an escape. Write '\\\\' for a backslash, as in"
                + " DOMAIN\\\\user."));
  }

  private static Arguments row(String latin1, String... messages) {
    return arguments(latin1, List.of(messages));
  }

  @ParameterizedTest
  @MethodSource("brokenFiles")
  void everyProblem_isToldWithItsPlaceAndRemedy(String latin1, List<String> messages) {
    assertThat(problems(latin1)).extracting(Problem::toString).isEqualTo(messages);
  }

  @ParameterizedTest
  @MethodSource("brokenFiles")
  void noProblem_showsThePassword(String latin1, List<String> messages) {
    assertThat(problems(latin1))
        .extracting(Problem::toString)
        .allSatisfy(
            message ->
                assertThat(message)
                    .doesNotContain("hunter2", "hun", "8846F7", "nf65", "aHVu", "E5YP"));
  }

  @Test
  void missingFile_isAProblem(@TempDir Path folder) {
    Path missing = folder.resolve("users.properties");

    assertThat(new UsersFile(missing, Set.of("push")).read())
        .isEqualTo(
            new Reading.Broken(
                List.of(
                    new Problem(
                        missing.toString(),
                        0,
                        null,
                        "there is no such file",
                        "Make it with `pushgate passwd USER`"))));
  }

  @Test
  void folderInPlaceOfAFile_isAProblem(@TempDir Path folder) {
    assertThat(new UsersFile(folder, Set.of("push")).read()).isInstanceOf(Reading.Broken.class);
  }

  @Test
  void problemsOfAFileOnDisk_nameItAsTheAdministratorDid(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("users.properties"), "alice = x");

    assertThat(((Reading.Broken) new UsersFile(file, Set.of("push")).read()).problems())
        .extracting(Problem::file)
        .containsExactly(file.toString());
  }

  private static List<Problem> problems(String latin1) {
    UsersFile file = new UsersFile(Path.of("users"), Set.of("push", "code"));
    return switch (file.reading(latin1.getBytes(StandardCharsets.ISO_8859_1))) {
      case Reading.Broken(List<Problem> problems) -> problems;
      case Reading.Read read -> List.of();
    };
  }
}
