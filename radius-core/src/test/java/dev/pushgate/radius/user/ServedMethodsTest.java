package dev.pushgate.radius.user;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedMethodsTest {
  private static final String BCRYPT =
      "$2b$10$abcdefghijklmnopqrstuuDlTuzQphC2dyjlUgzQEKNnHgSzicPWS";
  private static final String ARGON2ID =
      "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$D7nl3Ou5IJ56s6aAStf7474UZpc+Vk+qBOX3s+qNnS0";
  private static final String NT = "{NT}8846F7EAEE8FB117AD06BDD830B7586C";

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        ARGON2ID + " argon2id true false false",
        BCRYPT + " bcrypt true false false",
        "$5$abcdefgh$c2mVCLYidsa6HKEE6QpfUhmYlOdnEqpMLEt282GtH27 sha256-crypt true false false",
        "$pbkdf2-sha512$25000$....................AQ$bT82.4ErmZwZXD0jHQWUUWmIXZf5cagsvUPDhCCpRvNOwP4PNbXw48UYTvCf33fCtQjlR9T8mm0mHy0ikl3N5g pbkdf2-sha512 true false false",
        NT + " NT true false true",
        "{CLEARTEXT}x clear-text true true true",
      })
  void scheme_servesTheMethodsThatItCan(
      String stored, String scheme, boolean pap, boolean chap, boolean msChap2) {
    StoredPassword password =
        ((StoredPassword.Parsed.Stored) StoredPassword.parse(stored)).password();

    assertThat(password.scheme()).isEqualTo(scheme);
    assertThat(password.serves(PasswordMethod.PAP)).isEqualTo(pap);
    assertThat(password.serves(PasswordMethod.CHAP)).isEqualTo(chap);
    assertThat(password.serves(PasswordMethod.MSCHAPV2)).isEqualTo(msChap2);
  }

  @Test
  void notes_nameTheUserWhereThereIsOneOfAScheme() {
    assertThat(notes("alice = {CLEARTEXT}x\ncarol = " + BCRYPT + "\nnadia = " + NT))
        .containsExactly(
            "users: carol's bcrypt password cannot serve CHAP or MS-CHAPv2. Where a NAS cannot use"
                + " another method, set the passwords of its users anew with `pushgate passwd USER"
                + " --scheme cleartext` for CHAP, `pushgate passwd USER --scheme nt` for"
                + " MS-CHAPv2.",
            "users: nadia's NT password cannot serve CHAP. Where a NAS cannot use another method,"
                + " set the passwords of its users anew with `pushgate passwd USER --scheme"
                + " cleartext` for CHAP.");
  }

  @Test
  void notes_areOneForAScheme_howeverManyUsersItHas() {
    StringBuilder file = new StringBuilder();
    for (int i = 1; i <= 1000; i++) {
      file.append("user").append(i).append(" = ").append(ARGON2ID).append('\n');
    }

    assertThat(notes(file + "carol = " + BCRYPT + "\ndora = " + BCRYPT))
        .hasSize(2)
        .satisfies(
            notes -> {
              assertThat(notes.getFirst())
                  .startsWith(
                      "users: 1000 users' argon2id passwords cannot serve CHAP or MS-CHAPv2: user1,"
                          + " user2, user3 and 997 more. ");
              assertThat(notes.getLast())
                  .startsWith(
                      "users: 2 users' bcrypt passwords cannot serve CHAP or MS-CHAPv2: carol,"
                          + " dora. ");
            });
  }

  @Test
  void notes_areNoneWhereEveryPasswordServesAllOrItsUserIsDisabled() {
    assertThat(notes("alice = {CLEARTEXT}x\ncarol = " + BCRYPT + "\ncarol.disabled = true"))
        .isEmpty();
  }

  private static List<String> notes(String text) {
    UsersFile.Reading reading =
        new UsersFile(Path.of("users"), Set.of("push")).reading(text.getBytes(UTF_8));
    return ServedMethods.notes(((UsersFile.Reading.Read) reading).users(), Path.of("users"))
        .stream()
        .map(Problem::toString)
        .toList();
  }
}
