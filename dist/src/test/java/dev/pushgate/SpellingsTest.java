package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One person, however the name is typed: the same phones, the same budget, one name on record. */
class SpellingsTest {
  private static final String ZOE = "Zoë";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> SPELLINGS =
      List.of(
          "Zoë",
          "zoë",
          "ZOË",
          "zOë",
          "Zoe\u0308",
          "ZOE\u0308",
          "Zoë@corp",
          "zoë@CORP",
          "zoe\u0308@Corp",
          "Zoë@corp.example.com",
          "ZOË@CORP.EXAMPLE.COM",
          "CORP\\Zoë",
          "corp\\zoë",
          "Corp\\ZOE\u0308",
          "corp.example.com\\zoë",
          "CORP/Zoë",
          "corp/ZOË",
          "gäste\\zoë",
          "zoë@GÄSTE",
          "zoë@ga\u0308ste");

  private final Path folder;
  private RunningPushgate pushgate;
  private Phone phone;

  SpellingsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void start() throws Exception {
    RunningPushgate.writeConfiguration(
        folder, RunningPushgate.freeUdpPort(), RunningPushgate.freeTcpPort(), "");
    Files.writeString(
        folder.resolve("pushgate.conf"),
        """
        realms { corp.names = [ "CORP", "corp.example.com" ], guests.names = "gäste" }
        limits { pushes = 3, window = 1h }
        """,
        StandardOpenOption.APPEND);
    Files.writeString(
        folder.resolve("users.properties"),
        ZOE + " = {CLEARTEXT}" + PASSWORD + "\n",
        StandardOpenOption.APPEND);
    pushgate = RunningPushgate.startIn(folder);
    phone = pushgate.enrol(ZOE);
  }

  @AfterEach
  void stop() {
    pushgate.close();
  }

  private List<JsonNode> ends() throws IOException {
    List<JsonNode> ends = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("state/audit.jsonl"))) {
      JsonNode record = JSON.readTree(line);
      if (record.path("event").asText().equals("login")) {
        ends.add(record);
      }
    }
    return ends;
  }

  @Test
  void spellings_areTwenty() {
    assertThat(SPELLINGS).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void everySpelling_asksTheSamePhoneForTheSameUser() throws Exception {
    for (String spelling : SPELLINGS) {
      LoginAtNas login = LoginAtNas.start(pushgate, spelling, "203.0.113.7");
      Question question = RunningPushgate.nextQuestion(phone);
      assertThat(question.user()).as(spelling).isEqualTo(ZOE);
      assertThat(phone.approve(question, null))
          .isEqualTo(new Reply.Done<>(Settlement.State.APPROVED));
      assertThat(login.isAccepted()).as(spelling).isTrue();
    }
    assertThat(ends()).hasSize(20).allMatch(end -> end.path("user").asText().equals(ZOE));
    assertThat(ends()).extracting(end -> end.path("user_name").asText()).doesNotHaveDuplicates();
  }

  @Test
  void allSpellingsTogether_haveOneBudgetOfPushes() throws Exception {
    List<LoginAtNas> logins = new ArrayList<>();
    for (String spelling : SPELLINGS) {
      logins.add(LoginAtNas.start(pushgate, spelling, "198.51.100." + logins.size()));
    }
    await().until(() -> pushgate.server().waiting() == 3 && ends().size() == 17);

    assertThat(phone.challenges(Duration.ZERO))
        .isInstanceOfSatisfying(
            Reply.Done.class, asked -> assertThat((List<?>) asked.value()).hasSize(3));
    assertThat(ends()).allMatch(end -> end.path("reason").asText().equals("pushes-used-up"));
  }
}
