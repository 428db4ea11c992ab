package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.RunningPushgate;
import dev.pushgate.StandInWorld;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.standin.StandInGoogle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code test-push} beside a running server. */
@Timeout(120)
class TestPushCommandTest {
  private StandInWorld world;
  private RunningPushgate pushgate;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new StandInWorld();
    world.configure(folder, "answer-within = 30s");
    pushgate = RunningPushgate.startIn(folder);
  }

  @AfterEach
  void close() {
    pushgate.close();
    world.close();
  }

  private PushgateProcess.Result testPush(String user, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("test-push", user, "--config", pushgate.folder().toString()));
    arguments.addAll(List.of(more));
    return PushgateProcess.run(arguments.toArray(String[]::new));
  }

  private Phone phone(PushAddress address) throws Exception {
    Phone phone = pushgate.enrol("alice");
    var _ = phone.changePush(address);
    return phone;
  }

  private PushAddress subscription() throws Exception {
    String key = pushgate.state().vapidKeys().keptOrNew().publicKey();
    return world.browsers().subscribe(StandInWorld.BROWSERS, key).address();
  }

  private static String rowOf(Phone phone, List<String> table) {
    return table.stream()
        .filter(line -> line.startsWith(phone.account().device()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void devicesThatAllTakeIt_areShownWithTheAnswerAndTheTime() throws Exception {
    Phone apple = phone(new PushAddress.Apns("ab".repeat(32)));
    Phone browser = phone(subscription());
    // The other two phones are told to it.
    var _ = world.apple().next();
    Phone asking = pushgate.enrol("alice");
    var _ = world.apple().next();

    PushgateProcess.Result result = testPush("ALICE");

    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(result.out().getFirst().split(" {2,}", -1))
        .containsExactly("DEVICE", "NAME", "VIA", "RESULT", "ANSWER", "TIME");
    assertThat(rowOf(apple, result.out())).matches(".* apns +sent +accepted +[0-9]+ ms");
    assertThat(rowOf(browser, result.out())).matches(".* webpush +sent +accepted +[0-9]+ ms");
    assertThat(rowOf(asking, result.out()))
        .matches(".* poll +not sent +asks by itself while its app is open +[0-9]+ ms");
    JsonNode message = new ObjectMapper().readTree(world.apple().next().payload());
    assertThat(message.at("/aps/alert/title").asText()).isEqualTo("Test");
    assertThat(message.path("expires").asLong()).isZero();
    assertThat(message.path("callback").asText()).isEqualTo(pushgate.base());
  }

  @Test
  void deviceWhoseServiceRefuses_isShownWithTheReasonAndIsRememberedAsRetired() throws Exception {
    Phone dead = phone(new PushAddress.Fcm("token-of-a-phone"));
    world
        .google()
        .answers(
            _ ->
                StandInGoogle.error(
                    404, "NOT_FOUND", "Requested entity was not found.", "UNREGISTERED"));

    PushgateProcess.Result result = testPush("alice", "--json");

    assertThat(result.exit()).isEqualTo(1);
    JsonNode trial = new ObjectMapper().readTree(String.join("\n", result.out())).get(0);
    assertThat(trial.path("device").asText()).isEqualTo(dead.account().device());
    assertThat(trial.path("via").asText()).isEqualTo("fcm");
    assertThat(trial.path("sent").asBoolean()).isFalse();
    assertThat(trial.path("answer").asText()).isEqualTo("UNREGISTERED");
    assertThat(trial.path("tookMs").isIntegralNumber()).isTrue();
    assertThat(rowOf(dead, testPush("alice").out()))
        .matches(".* fcm +not sent +its address is retired; the app has to be opened +[0-9]+ ms");

    List<String> devices =
        PushgateProcess.run("devices", "list", "--config", pushgate.folder().toString())
            .done()
            .out();
    assertThat(devices.get(1)).contains("fcm (retired)").endsWith("UNREGISTERED");
  }

  @Test
  void userWithoutADevice_isToldHowToEnrolOne() throws Exception {
    PushgateProcess.Result result = testPush("bob");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .containsExactly("pushgate: bob has no device; enrol one with: pushgate enroll bob");
  }
}
