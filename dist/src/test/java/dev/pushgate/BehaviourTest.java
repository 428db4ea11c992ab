package dev.pushgate;

import static dev.pushgate.CheckedReply.ACCEPT;
import static dev.pushgate.CheckedReply.REJECT;
import static dev.pushgate.RunningPushgate.PASSWORD;
import static dev.pushgate.RunningPushgate.nextQuestion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Question;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How logins end that do not end well, and that none ends well twice. */
class BehaviourTest {
  private static final Duration A_MOMENT = Duration.ofMillis(300);
  // Wall clock and monotonic clock may drift apart by a hair.
  private static final Duration REJECT_DELAY = Duration.ofMillis(990);

  private record Refusal(CheckedReply reply, Duration after) {}

  @Test
  void wrongPasswordUnknownAndDisabledUser_areRejectedAlikeAndNoPhoneIsAsked(@TempDir Path folder)
      throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Phone alice = pushgate.enrol("alice");
      Phone carol = pushgate.enrol("carol");
      Future<Reply<List<Question>>> alicesPoll =
          threads.submit(() -> alice.challenges(Duration.ofSeconds(3)));
      Future<Reply<List<Question>>> carolsPoll =
          threads.submit(() -> carol.challenges(Duration.ofSeconds(3)));

      Set<String> octets = new HashSet<>();
      List<Future<Refusal>> refusals =
          List.of(
              threads.submit(() -> refusal(pushgate, "alice", "wrong-horse")),
              threads.submit(() -> refusal(pushgate, "nobody", PASSWORD)),
              threads.submit(() -> refusal(pushgate, "carol", PASSWORD)),
              threads.submit(() -> refusal(pushgate, "carol", "wrong-horse")),
              threads.submit(() -> refusal(pushgate, "alice", "")));
      for (Future<Refusal> each : refusals) {
        Refusal refusal = each.get();
        assertThat(refusal.reply().code()).isEqualTo(REJECT);
        assertThat(refusal.reply().message()).isEqualTo("Wrong user name or password.");
        assertThat(refusal.after()).isBetween(REJECT_DELAY, Duration.ofMillis(2500));
        octets.add(refusal.reply().withoutWhatDiffersByRequest());
      }
      assertThat(octets).as("replies but for identifier and authenticators").hasSize(1);
      assertThat(alicesPoll.get()).isEqualTo(new Reply.Done<>(List.of()));
      assertThat(carolsPoll.get()).isEqualTo(new Reply.Done<>(List.of()));
    }
  }

  private static Refusal refusal(RunningPushgate pushgate, String user, String password)
      throws IOException {
    try (RawNas nas = pushgate.rawNas()) {
      RawRequest request = new RawRequest(user.length(), user, password);
      long sent = System.nanoTime();
      CheckedReply reply = nas.ask(request);
      return new Refusal(reply, Duration.ofNanos(System.nanoTime() - sent));
    }
  }

  @Test
  void userWithoutDevice_isRejectedWithWordsOfItsOwn(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s");
        RawNas nas = pushgate.rawNas()) {
      CheckedReply reply = nas.ask(new RawRequest(3, "bob", PASSWORD));
      assertThat(reply.code()).isEqualTo(REJECT);
      assertThat(reply.message())
          .isEqualTo("No phone is enrolled for this account. Please ask your administrator.");
    }
  }

  @Test
  void approval_ofOneOfTwoLogins_acceptsThatOneAlone(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s");
        RawNas one = pushgate.rawNas();
        RawNas other = pushgate.rawNas()) {
      Phone phone = pushgate.enrol("alice");
      RawRequest first = new RawRequest(1, "alice", PASSWORD).with(31, "192.0.2.1");
      RawRequest second = new RawRequest(1, "alice", PASSWORD).with(31, "192.0.2.2");
      one.send(first);
      Question ofFirst = nextQuestion(phone);
      other.send(second);
      Question ofSecond = nextOtherThan(ofFirst, phone);
      assertThat(ofFirst.from()).isEqualTo("192.0.2.1");
      assertThat(ofSecond.from()).isEqualTo("192.0.2.2");

      var approved = phone.approve(ofSecond, null);
      assertThat(approved).isEqualTo(new Reply.Done<>(Settlement.State.APPROVED));
      assertThat(other.reply(second).code()).isEqualTo(ACCEPT);
      assertThat(one.send(first).receive(A_MOMENT)).as("the login nobody approved").isEmpty();
      assertThat(pushgate.server().waiting()).isEqualTo(1);
      assertThat(phone.approve(ofSecond, null))
          .as("the approved challenge once more")
          .isIn(
              approved,
              new Reply.Refused<>(409, "settled", Settlement.State.APPROVED.word(), null));

      var _ = phone.deny(ofFirst);
      assertThat(one.reply(first).code()).isEqualTo(REJECT);
      assertThat(other.receive(A_MOMENT)).as("a second Accept").isEmpty();
    }
  }

  private static Question nextOtherThan(Question known, Phone phone) throws Exception {
    return await()
        .until(
            () ->
                ((Reply.Done<List<Question>>) phone.challenges(Duration.ZERO))
                    .value().stream().filter(q -> !q.equals(known)).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  @Test
  void verdictInTheLastMoment_isTakenAndAcceptedOrRefusedAndRejected(@TempDir Path folder)
      throws Exception {
    Duration challengeLives = Duration.ofMillis(2400);
    int logins = 50;
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 3s");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Phone phone = pushgate.enrol("alice");
      List<Future<Boolean>> accepted = new ArrayList<>();
      for (int i = 0; i < logins; i++) {
        // From well before the end to well after it, most of them close to it.
        double place = (i - logins / 2.0) / (logins / 2.0);
        Duration offset = Duration.ofNanos((long) (place * place * place * 400_000_000));
        String from = "login-" + i;
        accepted.add(
            threads.submit(
                () ->
                    isAcceptedAsThePhoneWasTold(
                        pushgate, phone, from, challengeLives.plus(offset))));
      }
      int yes = 0;
      for (Future<Boolean> each : accepted) {
        yes += each.get() ? 1 : 0;
      }
      assertThat(yes).as("taken of " + logins).isBetween(1, logins - 1);
    }
  }

  private static boolean isAcceptedAsThePhoneWasTold(
      RunningPushgate pushgate, Phone phone, String from, Duration answerAfter) throws Exception {
    try (RawNas nas = pushgate.rawNas()) {
      RawRequest request =
          new RawRequest(1, "alice", PASSWORD).with(RawRequest.CALLING_STATION_ID, from);
      long sent = System.nanoTime();
      nas.send(request);
      Question question =
          await().until(() -> questionFrom(from, phone), Optional::isPresent).orElseThrow();
      Thread.sleep(answerAfter.minusNanos(System.nanoTime() - sent));
      Reply<Settlement.State> told = phone.approve(question, null);
      CheckedReply reply = nas.reply(request);
      if (told.equals(new Reply.Done<>(Settlement.State.APPROVED))) {
        assertThat(reply.code()).as("the phone was told 'approved'").isEqualTo(ACCEPT);
        return true;
      }
      assertThat(told).isEqualTo(new Reply.Refused<>(410, "expired", null, null));
      assertThat(reply.code()).as("the phone was told 'expired'").isEqualTo(REJECT);
      return false;
    }
  }

  private static Optional<Question> questionFrom(String from, Phone phone) throws Exception {
    return ((Reply.Done<List<Question>>) phone.challenges(Duration.ZERO))
        .value().stream().filter(question -> from.equals(question.from())).findFirst();
  }

  @Test
  void shutdown_rejectsWhatWaitsAndTakesNoVerdictAfterwards(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 60s");
        RawNas nas = pushgate.rawNas()) {
      Phone phone = pushgate.enrol("alice");
      RawRequest request = new RawRequest(1, "alice", PASSWORD);
      nas.send(request);
      Question question = nextQuestion(phone);
      assertThat(threadNames(folder.resolve("before.txt"))).contains("\"login-");

      long begin = System.nanoTime();
      CompletableFuture<Reply<Settlement.State>> verdict = new CompletableFuture<>();
      Thread closing = Thread.ofPlatform().start(pushgate.server()::close);
      CheckedReply reply = nas.reply(request);
      Thread.startVirtualThread(
          () -> {
            try {
              verdict.complete(phone.approve(question, null));
            } catch (IOException | InterruptedException e) {
              verdict.completeExceptionally(e);
            }
          });
      closing.join();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));

      assertThat(reply.code()).isEqualTo(REJECT);
      assertThat(reply.message()).isEqualTo("The sign-in service is restarting. Please try again.");
      assertThat(threadNames(folder.resolve("after.txt"))).doesNotContain("\"login-");
      assertThat(toldTo(verdict)).as("what the phone was told").isIn("410", "503", "nothing");
    }
  }

  private static String toldTo(CompletableFuture<Reply<Settlement.State>> verdict) {
    return verdict
        .handle(
            (reply, brokenConnection) ->
                switch (reply) {
                  case null -> "nothing";
                  case Reply.Done<?> done -> done.toString();
                  case Reply.Refused<?> refused -> String.valueOf(refused.status());
                })
        .join();
  }

  /** A dump of all threads, the virtual ones too. */
  private static String threadNames(Path file) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toAbsolutePath().toString(), ThreadDumpFormat.TEXT_PLAIN);
    return Files.readString(file);
  }
}
