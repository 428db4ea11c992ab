package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.ldap.DnTemplate;
import dev.pushgate.radius.ldap.FilterTemplate;
import dev.pushgate.radius.ldap.GroupLookup;
import dev.pushgate.radius.ldap.LdapServer;
import dev.pushgate.radius.ldap.LdapSettings;
import dev.pushgate.radius.ldap.LdapSource;
import dev.pushgate.radius.ldap.LoginMethod;
import dev.pushgate.radius.ldap.ServiceAccount;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Lookup;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource.Answer;
import dev.pushgate.radius.user.UserSource.Cause;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of Debian's slapd. */
class SlapdTest {
  private static final String PEOPLE = "ou=people," + Slapd.BASE;
  private static final String RIGHT = "correct horse, \"grüße\" (*)\\\\{}<>=+;#";

  private static final LoginMethod SERVICE =
      new LoginMethod.SearchThenBind(
          new ServiceAccount(
              Slapd.SERVICE, Slapd.SERVICE_PASSWORD.getBytes(StandardCharsets.UTF_8)));

  private static final LoginMethod AS_DN =
      new LoginMethod.BindAsDn(new DnTemplate("uid={user}," + PEOPLE));

  private static @Nullable Slapd started;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    started = Slapd.start(folder, SlapdEntries.of(RIGHT));
  }

  @AfterAll
  static void stop() {
    if (started != null) {
      started.close();
    }
  }

  private static Slapd slapd() {
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  private static LdapSettings settings(String url, LoginMethod method, GroupLookup groups) {
    return new LdapSettings(
        List.of(LdapServer.parse(url).orElseThrow()),
        List.of(slapd().authority().certificate()),
        Duration.ofSeconds(5),
        method,
        PEOPLE,
        new FilterTemplate("(&(objectClass=inetOrgPerson)(|(uid={user})(mail={user})))"),
        "uid",
        "",
        groups,
        new LdapSettings.Attributes(
            Map.of("Framed-IP-Address", "roomNumber", "Filter-Id", "title"),
            Dictionary.shipped(),
            Optional.of("mail"),
            Optional.of("preferredLanguage"),
            Optional.of("employeeType"),
            Set.of("push", "code")),
        LdapSettings.Referrals.IGNORED,
        false);
  }

  private static Answer check(LdapSettings settings, String user, String password)
      throws InterruptedException {
    return check(settings, user, password, StandardCharsets.UTF_8);
  }

  private static Answer check(LdapSettings settings, String user, String password, Charset charset)
      throws InterruptedException {
    try (LdapSource source = new LdapSource(settings, InstantSource.system())) {
      return source.check(
          new Attempt(
              user,
              new Password.Pap(password.getBytes(charset)),
              Instant.now().plus(Duration.ofSeconds(20))));
    }
  }

  private static LdapSettings searching() {
    return settings(slapd().ldapsUrl(), SERVICE, new GroupLookup.None());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rightPassword_isTaken(boolean startTls) throws Exception {
    String url = startTls ? slapd().ldapUrl() : slapd().ldapsUrl();
    for (LoginMethod method : List.of(SERVICE, AS_DN)) {
      LdapSettings settings = settings(url, method, new GroupLookup.None());

      assertThat(check(settings, "ALICE", RIGHT)).isInstanceOf(Answer.Right.class);
      assertThat(check(settings, "alice", "wrong"))
          .isEqualTo(new Answer.Wrong("wrong password", method.equals(SERVICE) ? "Alice" : null));
    }
  }

  @Test
  void user_isMadeOfTheEntry() throws Exception {
    User user = ((Answer.Right) check(searching(), "alice@example.com", RIGHT)).user();

    assertThat(user.name()).isEqualTo("Alice");
    assertThat(user.mail()).isEqualTo("alice@example.com");
    assertThat(user.language()).isEqualTo(Language.DE);
    assertThat(user.factor()).isEqualTo("code");
    assertThat(user.reply().names()).containsExactlyInAnyOrder("Framed-IP-Address", "Filter-Id");
    assertThat(user.reply().encoded()).hasSize(3);
  }

  @Test
  void password_isTakenByItsOctets() throws Exception {
    assertThat(check(searching(), "alice", RIGHT, StandardCharsets.ISO_8859_1))
        .isEqualTo(new Answer.Wrong("wrong password", "Alice"));
  }

  @ParameterizedTest
  @CsvSource({
    "expired, the password has expired, PASSWORD_EXPIRED",
    "reset, the password has been reset and must be changed, PASSWORD_MUST_CHANGE",
    "locked, the account is locked, LOCKED",
  })
  void passwordPolicy_isHeeded(String user, String reason, Cause cause) throws Exception {
    // A password is good for a whole second at least.
    await()
        .untilAsserted(
            () ->
                assertThat(check(searching(), user, RIGHT))
                    .isEqualTo(new Answer.Wrong(reason, null, cause)));
    assertThat(check(searching(), user, "wrong"))
        .isNotInstanceOf(Answer.Right.class)
        .satisfies(
            answer ->
                assertThat(((Answer.Wrong) answer).cause())
                    .isIn(Cause.WRONG_PASSWORD, Cause.LOCKED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "a*",
        "alice)(uid=*",
        "*)(objectClass=*",
        "alice\\",
        "\\2a",
        "alice,ou=people",
        "alice,ou=people,dc=example,dc=com",
        "uid=alice",
        "alice+cn=Alice",
        "nobody",
        "a\"b<c>;d=",
        "alice)(|(uid=bob",
        "#616c696365",
        "\ue000",
        "{user}",
        "{dn}",
        "ali\u00adce)",
      })
  void hostileName_isUnknown(String user) throws Exception {
    assertThat(check(searching(), user, RIGHT)).isInstanceOf(Answer.Unknown.class);
    assertThat(check(settings(slapd().ldapsUrl(), AS_DN, new GroupLookup.None()), user, RIGHT))
        .isInstanceOf(Answer.Wrong.class);
  }

  @Test
  void strangeName_isItsOwnUserAndNoOther() throws Exception {
    String strange = "o'(*)\\,=+\"<>;ö";
    for (LoginMethod method : List.of(SERVICE, AS_DN)) {
      LdapSettings settings = settings(slapd().ldapsUrl(), method, new GroupLookup.None());
      assertThat(check(settings, strange, RIGHT))
          .satisfies(
              answer -> assertThat(((Answer.Right) answer).user().name()).isEqualTo(strange));
    }
  }

  @Test
  void emptyPassword_isNeverSent() throws Exception {
    int before = slapd().said().length();

    assertThat(check(searching(), "alice", "")).isInstanceOf(Answer.Wrong.class);
    assertThat(check(searching(), "alice", "\0")).isInstanceOf(Answer.Wrong.class);

    assertThat(slapd().said().substring(before)).doesNotContain("BIND dn=\"uid=");
  }

  @Test
  void otherMethods_areRefusedWithWhatToDo() throws Exception {
    try (LdapSource source = new LdapSource(searching(), InstantSource.system())) {
      Password.Chap chap = Password.Chap.make((byte) 1, new byte[16], new byte[] {1});
      assertThat(source.check(new Attempt("alice", chap, Instant.now().plusSeconds(9))))
          .satisfies(answer -> assertThat(((Answer.Wrong) answer).reason()).contains("PAP", "NPS"));
    }
  }

  @Test
  void groups_areFoundHoweverTheyAreKept() throws Exception {
    GroupLookup.Nesting up = GroupLookup.Nesting.UPWARD;
    GroupLookup.Nesting none = GroupLookup.Nesting.NONE;
    FilterTemplate member = new FilterTemplate("(member={dn})");
    String base = "ou=groups," + Slapd.BASE;

    assertThat(groups(new GroupLookup.InEntry("memberOf", none))).containsExactly("Staff");
    assertThat(groups(new GroupLookup.BySearch(base, member, "cn", none))).containsExactly("Staff");
    // Everyone and All are in each other.
    assertThat(groups(new GroupLookup.InEntry("memberOf", up)))
        .containsExactlyInAnyOrder("Staff", "Everyone", "All");
    assertThat(groups(new GroupLookup.BySearch(base, member, "cn", up)))
        .containsExactlyInAnyOrder("Staff", "Everyone", "All");
  }

  private static Set<String> groups(GroupLookup lookup) throws InterruptedException {
    return ((Answer.Right) check(settings(slapd().ldapsUrl(), SERVICE, lookup), "alice", RIGHT))
        .user()
        .groups();
  }

  @ParameterizedTest
  @CsvSource({
    "twins, needs one",
    "badfactor, is no second factor of this server",
    "badaddress, is not a value of Framed-IP-Address",
  })
  void entryOfNoUse_isTold(String user, String reason) throws Exception {
    assertThat(check(searching(), user, RIGHT))
        .satisfies(
            answer -> assertThat(((Answer.Unavailable) answer).reason()).contains(reason, "uid="));
  }

  @Test
  void find_tellsWhoIsMeant() throws Exception {
    try (LdapSource source = new LdapSource(searching(), InstantSource.system())) {
      assertThat(source.find("alice@example.com", null))
          .satisfies(found -> assertThat(((Lookup.Known) found).user().name()).isEqualTo("Alice"));
      assertThat(source.find("Alice", null)).isInstanceOf(Lookup.Known.class);
      assertThat(source.find("nobody", null)).isEqualTo(new Lookup.Unknown());
    }
    try (LdapSource source =
        new LdapSource(
            settings(slapd().ldapsUrl(), AS_DN, new GroupLookup.None()), InstantSource.system())) {
      assertThat(source.find("alice", null)).isEqualTo(new Lookup.CannotTell());
    }
  }

  @Test
  void plainBind_isNotTaken() {
    assertThat(LdapServer.parse("ldapi:///")).isEmpty();
    assertThat(LdapServer.parse("ldap://localhost/dc=example")).isEmpty();
  }
}
