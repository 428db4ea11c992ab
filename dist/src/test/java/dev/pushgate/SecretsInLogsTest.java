package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static dev.pushgate.RunningPushgate.nextQuestion;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That no log of a whole login, however talkative, holds a secret of it. */
class SecretsInLogsTest {
  private static final String STATE = "state-that-nobody-may-read";
  private static final String WRONG = "almost-" + PASSWORD;

  /**
   * With TinyRadius off, as logback.xml has it, nobody tells a secret. With everything on,
   * TinyRadius and Jetty included, still none of Pushgate's own loggers does.
   */
  @ParameterizedTest
  @CsvSource({"OFF, WARN, ''", "TRACE, TRACE, dev.pushgate"})
  void log_atItsMostTalkative_holdsNoSecret(
      String tinyRadius, String jetty, String loggers, @TempDir Path folder) throws Exception {
    try (CapturedLog log =
        CapturedLog.open()
            .at("ROOT", Level.TRACE)
            .at("org.tinyradius", Level.toLevel(tinyRadius))
            .at("org.eclipse.jetty", Level.toLevel(jetty))) {
      String code = logInOnce(folder);
      String text = log.text(loggers);
      assertThat(text).contains("alice approved", "refused, ");
      for (String secret :
          List.of(
              PASSWORD,
              WRONG,
              RunningPushgate.SECRET,
              STATE,
              code,
              code.replace("-", ""),
              "PRIVATE KEY")) {
        String octets = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
        assertThat(text.toLowerCase(Locale.ROOT))
            .as("a log that must not tell '%s'", secret)
            .doesNotContain(secret.toLowerCase(Locale.ROOT))
            .doesNotContain(octets);
      }
    }
  }

  /** A code spent and refused, a login approved, one with a wrong password, one too late. */
  private static String logInOnce(Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s");
        RawNas nas = pushgate.rawNas()) {
      URI link = pushgate.invite("alice");
      Phone phone = enrolled(pushgate, link);
      assertThat(
              Phone.enrol(
                  pushgate.http(),
                  link,
                  "Again",
                  folder.resolve("again.json"),
                  InstantSource.system()))
          .isInstanceOf(Reply.Refused.class);
      RawRequest foreign = new RawRequest(3, "alice", PASSWORD).with(RawRequest.STATE, STATE);
      assertThat(nas.ask(foreign).code()).as("a State of nobody").isEqualTo(CheckedReply.REJECT);
      RawRequest request = new RawRequest(1, "alice", PASSWORD);
      nas.send(request);
      var _ = phone.approve(nextQuestion(phone), null);
      assertThat(nas.reply(request).code()).isEqualTo(CheckedReply.ACCEPT);
      assertThat(nas.ask(new RawRequest(2, "alice", WRONG)).code()).isEqualTo(CheckedReply.REJECT);
      return link.getFragment();
    }
  }

  private static Phone enrolled(RunningPushgate pushgate, URI link) throws Exception {
    Path account = pushgate.folder().resolve("account.json");
    return ((Reply.Done<Phone>)
            Phone.enrol(pushgate.http(), link, "Phone", account, InstantSource.system()))
        .value();
  }
}
