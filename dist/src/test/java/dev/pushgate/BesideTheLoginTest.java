package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Question;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.nas.NasAnswer;
import dev.pushgate.radius.packet.AttributeType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a login brings about beside its answer, as an administrator sets it up: alarms and mail by a
 * program, and the end of what is remembered when the NAS tells that the session has ended.
 */
class BesideTheLoginTest {
  private static final String FROM = "203.0.113.77";
  private static final int ACCT_STATUS_TYPE = 40;
  private static final int STOP = 2;

  private final Path folder;
  private final Path alarms;
  private final Path mails;
  private RunningPushgate pushgate;

  BesideTheLoginTest(@TempDir Path folder) {
    this.folder = folder;
    this.alarms = folder.resolve("alarms");
    this.mails = folder.resolve("mails");
  }

  @BeforeEach
  void start() throws Exception {
    Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\ncat >> \"$1\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createFile(alarms);
    Files.createFile(mails);
    RunningPushgate.writeConfiguration(
        folder, RunningPushgate.freeUdpPort(), RunningPushgate.freeTcpPort(), "remember = 8h");
    Files.writeString(
        folder.resolve("pushgate.conf"),
        """
        remember-after-stop = 0s
        alarm.command = [ "%1$s", "%2$s" ]
        enroll { inline = on, until = "2099-12-31", networks = [ "203.0.113.0/24" ],
                 mail-command = [ "%1$s", "%3$s" ] }
        """
            .formatted(program, alarms, mails),
        StandardOpenOption.APPEND);
    Files.writeString(
        folder.resolve("users.properties"),
        "bob.mail = bob@example.com\n",
        StandardOpenOption.APPEND);
    pushgate = RunningPushgate.startIn(folder);
    pushgate.makeKeys();
  }

  @AfterEach
  void stop() {
    pushgate.close();
  }

  private static void awaitText(Path file, String... texts) {
    await().untilAsserted(() -> assertThat(Files.readString(file)).contains(texts));
  }

  private static Reply<Settlement.State> approve(Phone phone)
      throws IOException, InterruptedException {
    return phone.approve(RunningPushgate.nextQuestion(phone), null);
  }

  @Test
  void report_isToldToTheProgramForAlarms() throws Exception {
    Phone phone = pushgate.enrol("alice");
    LoginAtNas login = LoginAtNas.start(pushgate, "alice", FROM);
    Question question = RunningPushgate.nextQuestion(phone);

    assertThat(phone.report(question)).isEqualTo(new Reply.Done<>(Settlement.State.REPORTED));

    assertThat(login.isAccepted()).isFalse();
    awaitText(alarms, "\"alarm\":\"report\"", "alice", RunningPushgate.CLIENT, FROM);
  }

  @Test
  void firstLogin_mailsTheLink_andEachDeviceIsToldByMail() throws Exception {
    NasAnswer refused = LoginAtNas.start(pushgate, "bob", FROM).answer().get(30, TimeUnit.SECONDS);
    assertThat(refused.message())
        .isEqualTo("No phone is enrolled yet. A link to enrol one has been sent to you by mail.");
    String base = pushgate.base() + "/enroll#";
    awaitText(mails, "To: bob@example.com", base);
    Matcher link =
        Pattern.compile(Pattern.quote(base) + "[A-Z2-7-]+").matcher(Files.readString(mails));
    assertThat(link.find()).isTrue();
    Files.writeString(mails, "");

    try (HttpClient http = pushgate.http()) {
      Reply<Phone> enrolled =
          Phone.enrol(
              http,
              URI.create(link.group()),
              "Bob's phone",
              RunningPushgate.PASSWORD,
              folder.resolve("bob.json"),
              InstantSource.system());
      assertThat(enrolled).isInstanceOf(Reply.Done.class);
      awaitText(mails, "To: bob@example.com", "Bob's phone");

      LoginAtNas login = LoginAtNas.start(pushgate, "bob", FROM);
      var _ = approve(((Reply.Done<Phone>) enrolled).value());
      assertThat(login.isAccepted()).isTrue();
    }
  }

  @Test
  void stopOfTheSession_endsWhatIsRemembered() throws Exception {
    Phone phone = pushgate.enrol("alice");
    LoginAtNas first = LoginAtNas.start(pushgate, "alice", FROM);
    var _ = approve(phone);
    assertThat(first.isAccepted()).isTrue();
    assertThat(LoginAtNas.start(pushgate, "alice", FROM).isAccepted()).as("remembered").isTrue();

    try (Nas nas = pushgate.accountingNas()) {
      Duration patience = Duration.ofSeconds(10);
      assertThat(
              nas.ask(
                  nas.accounting()
                      .add(ACCT_STATUS_TYPE, STOP)
                      .add(AttributeType.USER_NAME, "ALICE".getBytes(StandardCharsets.UTF_8))
                      .add(AttributeType.CALLING_STATION_ID, FROM.getBytes(StandardCharsets.UTF_8)),
                  patience,
                  patience,
                  Nas.Progress.NONE))
          .isPresent();
    }

    LoginAtNas after = LoginAtNas.start(pushgate, "alice", FROM);
    assertThat(approve(phone)).isEqualTo(new Reply.Done<>(Settlement.State.APPROVED));
    assertThat(after.isAccepted()).isTrue();
  }
}
