package dev.pushgate.push.enrolment;

import static dev.pushgate.push.TestServer.BASE;
import static dev.pushgate.push.TestServer.PHONE_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.push.CapturedLog;
import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.code.OneTimeCodes;
import dev.pushgate.push.code.TotpSettings;
import dev.pushgate.push.command.ShellScript;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Invitation;
import dev.pushgate.push.phone.Enrolled;
import dev.pushgate.push.phone.PhoneAnswer;
import dev.pushgate.push.phone.Refusal;
import dev.pushgate.push.secret.KeyRing;
import dev.pushgate.push.secret.Keys;
import dev.pushgate.radius.client.Network;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.user.User;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstEnrolmentTest {
  private static final Optional<InetAddress> INSIDE =
      Optional.of(InetAddress.ofLiteral("192.0.2.77"));
  private static final Duration VALID = Duration.ofMinutes(15);
  private static final String PASSWORD = "correct \\\"horse";

  private final TestClock clock = new TestClock();
  private final Path folder;
  private final TestServer server;
  private final InlineEnrolment settings;
  private final FirstEnrolment enrolment;

  FirstEnrolmentTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    this.server = new TestServer(folder, clock);
    server.passwords.put("alice", "correct \"horse");
    this.settings =
        new InlineEnrolment(
            clock.instant().plus(Duration.ofDays(7)),
            List.of(Network.parse("192.0.2.0/24")),
            VALID,
            List.of());
    this.enrolment = enrolment(settings, Optional.empty());
  }

  @AfterEach
  void close() {
    server.close();
  }

  private FirstEnrolment enrolment(InlineEnrolment how, Optional<MailCommand> mail) {
    return new FirstEnrolment(how, server.codes, mail, BASE, "Demo VPN", clock);
  }

  private static User user(String name, String mail) {
    return new User(name, Set.of(), null, Language.DE, mail, ReplyAttributes.NONE);
  }

  private FirstInvitation invite(String user) throws InterruptedException {
    return enrolment.invite(new User(user, Set.of(), null), INSIDE);
  }

  private Invitation shown(String user) throws InterruptedException {
    return ((FirstInvitation.Shown) invite(user)).invitation();
  }

  private PhoneAnswer<Enrolled> enrol(Invitation link, String more) throws InterruptedException {
    String push = "{\"via\":\"poll\"}" + more;
    return server.phones.enrol(
        new TestPhone(BASE, clock).enrolment(link.code(), "a phone", push), PHONE_ADDRESS);
  }

  private PhoneAnswer<Enrolled> enrol(Invitation link) throws InterruptedException {
    return enrol(link, ",\"password\":\"" + PASSWORD + "\"");
  }

  @Test
  void invitedUser_enrolsWithLinkAndPassword() throws Exception {
    Invitation link = shown("alice");
    assertThat(link.expires()).isEqualTo(clock.instant().plus(VALID));
    assertThat(TestServer.refusal(enrol(link, ""))).isEqualTo(new Refusal.PasswordNeeded());
    assertThat(TestServer.refusal(enrol(link, ",\"password\":\"wrong\"")))
        .isEqualTo(new Refusal.CodeInvalid());
    assertThat(TestServer.taken(enrol(link)).user()).isEqualTo("alice");
    assertThat(TestServer.refusal(enrol(link))).isEqualTo(new Refusal.CodeInvalid());
    assertThat(server.newDevices).extracting(Device::user).containsExactly("alice");
  }

  @Test
  void password_isInNoLog() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      Invitation link = shown("alice");
      var _ = enrol(link, ",\"password\":\"wr0ng\"");
      var _ = enrol(link);
      assertThat(log.lines())
          .isNotEmpty()
          .allMatch(
              line ->
                  !line.contains("wr0ng")
                      && !line.contains("horse")
                      && !line.contains(link.code()));
    }
  }

  @Test
  void codeOfTheAdministrator_asksForNoPassword() throws Exception {
    Invitation link = server.codes.issue("alice", VALID, BASE);
    assertThat(TestServer.taken(enrol(link, "")).user()).isEqualTo("alice");
  }

  @Test
  void fiveWrongPasswords_voidTheCode_fromHoweverManyAddresses() throws Exception {
    Invitation link = shown("alice");
    List<Callable<PhoneAnswer<Enrolled>>> wrong =
        Stream.iterate(1, i -> i + 1)
            .limit(20)
            .<Callable<PhoneAnswer<Enrolled>>>map(
                i ->
                    () ->
                        server.phones.enrol(
                            new TestPhone(BASE, clock)
                                .enrolment(
                                    link.code(),
                                    "thief",
                                    "{\"via\":\"poll\"},\"password\":\"no" + i + "\""),
                            InetAddress.ofLiteral("198.51.100." + i)))
            .toList();
    assertThat(TestServer.race(wrong))
        .allMatch(answer -> TestServer.refusal(answer).equals(new Refusal.CodeInvalid()));
    assertThat(TestServer.refusal(enrol(link))).isEqualTo(new Refusal.CodeInvalid());
  }

  @Test
  void secondLogin_endsTheLinkOfTheFirst_andTheFourthInAnHourGetsNone() throws Exception {
    Invitation first = shown("alice");
    Invitation second = shown("alice");
    assertThat(TestServer.refusal(enrol(first))).isEqualTo(new Refusal.CodeInvalid());
    Invitation third = shown("alice");
    assertThat(TestServer.refusal(enrol(second))).isEqualTo(new Refusal.CodeInvalid());
    assertThat(invite("alice")).isEqualTo(new FirstInvitation.None());
    assertThat(invite("bob")).isInstanceOf(FirstInvitation.Shown.class);
    clock.advance(Duration.ofMinutes(61));
    assertThat(TestServer.refusal(enrol(third))).isEqualTo(new Refusal.CodeInvalid());
    assertThat(invite("alice")).isInstanceOf(FirstInvitation.Shown.class);
  }

  @Test
  void loginsAtOnce_leaveOneLinkThatIsGood() throws Exception {
    List<FirstInvitation> invitations =
        TestServer.race(
            Stream.generate(() -> (Callable<FirstInvitation>) () -> invite("alice"))
                .limit(10)
                .toList());
    List<Invitation> links =
        invitations.stream()
            .filter(FirstInvitation.Shown.class::isInstance)
            .map(shown -> ((FirstInvitation.Shown) shown).invitation())
            .toList();
    assertThat(links).hasSize(3);
    int good = 0;
    for (Invitation link : links) {
      good += enrol(link) instanceof PhoneAnswer.Taken<Enrolled> ? 1 : 0;
    }
    assertThat(good).isEqualTo(1);
  }

  @Test
  void removedDevice_doesNotReopenIt() throws Exception {
    TestPhone phone = server.enrolled("alice");
    var _ = server.devices.remove(phone.device());
    assertThat(server.devices.ofUser("alice")).isEmpty();
    assertThat(invite("alice")).isEqualTo(new FirstInvitation.None());
  }

  @Test
  void removedAppForCodes_doesNotReopenIt() throws Exception {
    SecureRandom random = new SecureRandom();
    OneTimeCodes codes =
        new OneTimeCodes(
            server.store,
            Keys.of(KeyRing.of(List.of(KeyRing.newLine(random)), random).orElseThrow()),
            clock,
            random);
    var _ = codes.enrol("alice", "Demo VPN", TotpSettings.USUAL);
    assertThat(codes.remove("alice")).isEqualTo(1);
    assertThat(invite("alice")).isEqualTo(new FirstInvitation.None());
  }

  @Test
  void linkThatIsOut_endsWhenTheUserEnrolsByTheAdministratorsCode() throws Exception {
    Invitation link = shown("alice");
    var _ = server.enrolled("alice");
    assertThat(TestServer.refusal(enrol(link))).isEqualTo(new Refusal.CodeInvalid());
  }

  @Test
  void otherPlacesAndTimes_getNoLink() throws Exception {
    User alice = new User("alice", Set.of(), null);
    FirstInvitation none = new FirstInvitation.None();
    assertThat(enrolment.invite(alice, Optional.empty())).isEqualTo(none);
    assertThat(enrolment.invite(alice, Optional.of(InetAddress.ofLiteral("203.0.113.1"))))
        .isEqualTo(none);
    clock.advance(Duration.ofDays(7));
    assertThat(enrolment.invite(alice, INSIDE)).isEqualTo(none);
  }

  @Test
  void baseAddressThatFitsIntoNoMessage_getsNoLink() throws Exception {
    String base = "https://" + "long.".repeat(25) + "example.test:4433";
    FirstEnrolment far =
        new FirstEnrolment(settings, server.codes, Optional.empty(), base, "Demo VPN", clock);
    assertThat(far.invite(new User("alice", Set.of(), null), INSIDE))
        .isEqualTo(new FirstInvitation.None());
  }

  @Test
  void mailCommand_getsAMessageWithTheLink_andTheLoginDoesNot() throws Exception {
    try (MailCommand mail =
        new MailCommand(
            ShellScript.in(
                folder,
                "cat > \"$D/m.part\"; echo \"$PUSHGATE_MAIL_TO\" > \"$D/to\"; mv \"$D/m.part\" \"$D/mail\""),
            clock)) {
      FirstEnrolment byMail = enrolment(settings, Optional.of(mail));
      assertThat(byMail.invite(user("alice", "alice@example.test"), INSIDE))
          .isEqualTo(new FirstInvitation.Mailed(clock.instant().plus(VALID)));
      await().until(() -> Files.exists(folder.resolve("mail")));
      String message = Files.readString(folder.resolve("mail"));
      assertThat(message)
          .startsWith("To: alice@example.test\nSubject: =?UTF-8?B?")
          .contains("\n\nJemand")
          .contains("\n" + BASE + "/enroll#");
      assertThat(Files.readString(folder.resolve("to"))).isEqualTo("alice@example.test\n");
      assertThat(byMail.invite(new User("bob", Set.of(), null), INSIDE))
          .isEqualTo(new FirstInvitation.None());
    }
  }

  @Test
  void hostileAddress_getsNoMail() throws Exception {
    try (MailCommand mail = new MailCommand(ShellScript.in(folder, "echo > \"$D/sent\""), clock)) {
      FirstEnrolment byMail = enrolment(settings, Optional.of(mail));
      for (String address :
          List.of(
              "-oQ/tmp@x", "a@b\nBcc: c@d", "a@b, c@d", "\"a b\"@c", "@b", "a@-b", "a@b\u0000")) {
        assertThat(byMail.invite(user("user" + address.hashCode(), address), INSIDE))
            .as(address)
            .isEqualTo(new FirstInvitation.None());
      }
    }
    assertThat(folder.resolve("sent")).doesNotExist();
  }
}
