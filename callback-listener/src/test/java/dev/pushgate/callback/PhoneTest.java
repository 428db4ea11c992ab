package dev.pushgate.callback;

import static dev.pushgate.callback.ScriptedPhones.ID;
import static dev.pushgate.callback.ScriptedPhones.QUESTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.callback.phone.Trust;
import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Question;
import dev.pushgate.push.phone.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The phone in Java against the real listener: what it says, and what it makes of the answers. */
@Timeout(60)
final class PhoneTest {
  /** A phone whose clock is off by decades: it has to sign with the server's time. */
  private static final InstantSource WRONG_CLOCK = () -> Instant.ofEpochSecond(5);

  private static final String CODE = "ABCD-EFGH-IJKL";

  private final Path file;
  private final RunningListener running;

  PhoneTest(@TempDir Path folder) throws IOException {
    this.file = folder.resolve("alice.phone");
    this.running = RunningListener.in(folder);
    running.phones.challenge.countDown();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private String base() {
    return baseOf(running);
  }

  private Phone enrolled() throws Exception {
    Reply<Phone> reply =
        Phone.enrol(
            running.http,
            URI.create(base() + "/enroll#" + CODE),
            "Alice's phone",
            file,
            WRONG_CLOCK);
    return ((Reply.Done<Phone>) reply).value();
  }

  /** The word of the last request that has dots, as JWS have. */
  private JWSObject lastJws() throws Exception {
    String last = List.copyOf(running.phones.asked).getLast();
    for (String word : last.split(" ", -1)) {
      if (word.chars().filter(each -> each == '.').count() == 2) {
        return JWSObject.parse(word);
      }
    }
    throw new AssertionError(last + " holds no JWS");
  }

  private static void assertSignedBy(ECKey key, JWSObject jws) throws Exception {
    assertThat(jws.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
    assertThat(jws.verify(new ECDSAVerifier(key.toECPublicKey()))).isTrue();
  }

  @Test
  void enrol_saysWhatTheContractAsksFor() throws Exception {
    Phone phone = enrolled();

    JWSObject jws = lastJws();
    ECKey key = jws.getHeader().getJWK().toECKey();
    assertSignedBy(key, jws);
    assertThat(key.isPrivate()).isFalse();
    assertThat(jws.getHeader().toJSONObject()).containsOnlyKeys("alg", "typ", "jwk");
    assertThat(jws.getHeader().getType()).hasToString("pushgate-enroll+jwt");
    assertThat(jws.getPayload().toJSONObject())
        .isEqualTo(
            Map.of(
                "aud", base(),
                "iat", RunningListener.NOW.getEpochSecond(),
                "code", CODE,
                "name", "Alice's phone",
                "push", Map.of("via", "poll")));
    assertThat(phone.account().user()).isEqualTo("alice");
    assertThat(phone.account().base()).isEqualTo(base());
    assertThat(phone.account().toString()).doesNotContain("\"d\"").contains(ID);
  }

  @Test
  void account_isKeptForItsOwnerAlone() throws Exception {
    Phone phone = enrolled();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Phone.load(running.http, file, WRONG_CLOCK).account()).isEqualTo(phone.account());
  }

  @Test
  void brokenAccount_isToldWithoutWhatIsInIt() throws Exception {
    Files.writeString(file, "{\"base\": \"secret stuff");

    assertThatThrownBy(() -> Phone.load(running.http, file, WRONG_CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " does not hold an account of a phone")
        .hasNoCause();
  }

  @Test
  void challenges_areAskedForWithTheDevicesKey() throws Exception {
    Question withNumber =
        new Question(
            ID,
            "bm9uY2U",
            "alice",
            "Demo VPN",
            "hq",
            "203.0.113.77",
            Instant.ofEpochSecond(1),
            Instant.ofEpochSecond(61),
            6);
    running.phones.open = List.of(withNumber, QUESTION);
    Phone phone = Phone.load(running.http, enrolledFile(), WRONG_CLOCK);

    Reply<List<Question>> reply = phone.challenges(Duration.ofSeconds(55));

    assertThat(reply).isEqualTo(new Reply.Done<>(List.of(withNumber, QUESTION)));
    JWSObject jws = lastJws();
    assertSignedBy(phone.account().key(), jws);
    assertThat(jws.getHeader().getKeyID()).isEqualTo(ID);
    assertThat(jws.getHeader().getType()).hasToString("pushgate-device+jwt");
    assertThat(jws.getPayload().toJSONObject())
        .isEqualTo(
            Map.of(
                "aud",
                base(),
                "iat",
                RunningListener.NOW.getEpochSecond(),
                "htm",
                "GET",
                "htu",
                "/v1/challenges"));
  }

  private Path enrolledFile() throws Exception {
    Phone unused = enrolled();
    return file;
  }

  @Test
  void oneChallenge_isAskedForByItsIdentifier() throws Exception {
    Phone phone = enrolled();

    assertThat(phone.challenge(ID)).isEqualTo(new Reply.Done<>(QUESTION));
    assertThat(lastJws().getPayload().toJSONObject()).containsEntry("htu", "/v1/challenges/" + ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"approve", "deny", "report"})
  void verdict_isSigned(String verdict) throws Exception {
    Phone phone = enrolled();

    Reply<Settlement.State> reply =
        switch (verdict) {
          case "approve" -> phone.approve(QUESTION, null);
          case "deny" -> phone.deny(QUESTION);
          default -> phone.report(QUESTION);
        };

    assertThat(reply).isEqualTo(new Reply.Done<>(Settlement.State.APPROVED));
    JWSObject jws = lastJws();
    assertSignedBy(phone.account().key(), jws);
    assertThat(jws.getHeader().getKeyID()).isEqualTo(ID);
    assertThat(jws.getHeader().getType()).hasToString("pushgate-verdict+jwt");
    assertThat(jws.getPayload().toJSONObject())
        .isEqualTo(
            Map.of(
                "aud",
                base(),
                "iat",
                RunningListener.NOW.getEpochSecond(),
                "challenge",
                ID,
                "nonce",
                "bm9uY2U",
                "verdict",
                verdict));
  }

  @Test
  void number_goesWithTheApproval() throws Exception {
    Phone phone = enrolled();

    Reply<Settlement.State> reply = phone.approve(QUESTION, "471604");

    assertThat(reply).isInstanceOf(Reply.Done.class);
    assertThat(lastJws().getPayload().toJSONObject()).containsEntry("match", "471604");
  }

  @ParameterizedTest
  @CsvSource({"true, 3", "false, 12", "true, 1"})
  void optionsAndWhy_areReadAsToldByTheServer(boolean newPlace, int requests) throws Exception {
    Question choosing = ScriptedPhones.choosing(new ChallengeNotes(newPlace, requests));
    running.phones.open = List.of(choosing);
    Phone phone = enrolled();

    assertThat(phone.challenges(Duration.ZERO)).isEqualTo(new Reply.Done<>(List.of(choosing)));
  }

  @Test
  void refusals_areToldByTheirCode() throws Exception {
    Phone phone = enrolled();

    running.phones.refusal = new Refusal.Settled(Settlement.State.DENIED);
    assertThat(phone.approve(QUESTION, null))
        .isEqualTo(new Reply.Refused<>(409, "settled", "denied", null));
    running.phones.refusal = new Refusal.TooMany(Duration.ofSeconds(7));
    assertThat(phone.deny(QUESTION))
        .isEqualTo(new Reply.Refused<>(429, "too-many", null, Duration.ofSeconds(7)));
    running.phones.refusal = new Refusal.CodeInvalid();
    assertThat(Phone.enrol(running.http, URI.create(base() + "/enroll#x"), "x", file, WRONG_CLOCK))
        .isEqualTo(new Reply.Refused<>(403, "code-invalid", null, null));
  }

  @Test
  void signatureThatIsRefused_isTriedOnceMore() throws Exception {
    Phone phone = enrolled();
    running.phones.asked.clear();
    running.phones.refusal = new Refusal.Signature();

    assertThat(phone.challenges(Duration.ZERO))
        .isEqualTo(new Reply.Refused<>(401, "signature", null, null));
    assertThat(running.phones.asked).hasSize(2);
  }

  @Test
  void remove_isSignedForItsPath() throws Exception {
    Phone phone = enrolled();

    assertThat(phone.remove()).isEqualTo(new Reply.Done<>(ID));
    assertThat(lastJws().getPayload().toJSONObject())
        .containsEntry("htm", "DELETE")
        .containsEntry("htu", "/v1/devices/" + ID);
  }

  @Test
  void serverThatIsNotTrusted_isNotSpokenTo() throws Exception {
    try (HttpClient suspicious = Trust.client(null)) {
      assertThatThrownBy(
              () ->
                  Phone.enrol(suspicious, URI.create(base() + "/enroll#x"), "x", file, WRONG_CLOCK))
          .isInstanceOf(SSLHandshakeException.class);
    }
    assertThat(running.phones.asked).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void fileWithoutCertificate_isNoAuthority() throws Exception {
    Files.writeString(file, "");

    assertThatThrownBy(() -> Trust.client(file).close()).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/enroll#SECRET",
        "https://127.0.0.1/enroll",
        "https://127.0.0.1/enroll#",
        "https://127.0.0.1/#SECRET",
        "SECRET"
      })
  void otherUrls_areRefusedWithoutTellingTheCode(String url) {
    assertThatThrownBy(() -> Phone.enrol(running.http, URI.create(url), "x", file, WRONG_CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("SECRET");
  }

  @Test
  void aThousandPhones_waitOverOneClient(@TempDir Path another) throws Exception {
    Path account = enrolledFile();
    try (RunningListener waiting = RunningListener.in(another);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String moved = Files.readString(account).replace(base(), baseOf(waiting));
      Files.writeString(account, moved);
      List<Future<Reply<List<Question>>>> polls = new ArrayList<>();
      while (polls.size() < 1000) {
        // By the hundred, so that on a slow machine no handshake takes longer than a phone waits.
        for (int i = 0; i < 100; i++) {
          Phone phone = Phone.load(waiting.http, account, InstantSource.system());
          polls.add(threads.submit(() -> phone.challenges(Duration.ofSeconds(55))));
        }
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> waiting.phones.waiting.get() == polls.size());
      }

      waiting.phones.challenge.countDown();

      for (Future<Reply<List<Question>>> poll : polls) {
        assertThat(poll.get()).isEqualTo(new Reply.Done<>(List.of()));
      }
    }
  }

  private static String baseOf(RunningListener running) {
    return "https://127.0.0.1:" + running.listener.port();
  }
}
