package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.pushgate.callback.phone.Account;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.device.Redemption;
import dev.pushgate.push.phone.Question;
import dev.pushgate.push.signed.PhoneKey;
import dev.pushgate.push.standin.BrowserSubscription;
import dev.pushgate.push.standin.ReceivedPush;
import dev.pushgate.push.standin.StandInGoogle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A thousand logins under way while Google's service is in trouble: each user has one phone there,
 * and most have another that a browser's push service tells.
 */
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
class PushChaosTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int USERS = 1_000;
  private static final int PHONES_AT_ONCE = 16;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  private final Map<String, Phone> phones = new ConcurrentHashMap<>();
  private final Semaphore turns = new Semaphore(PHONES_AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);
  private StandInWorld world;
  private RunningPushgate pushgate;

  /** What is the matter with Google. */
  private enum Trouble {
    DOWN,
    SLOW,
    GARBAGE,
    CLOSING
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    world = new StandInWorld();
    world.configure(folder, "answer-within = " + ANSWER_WITHIN.toSeconds() + "s");
    Files.writeString(
        folder.resolve("users.properties"),
        IntStream.range(0, USERS + 1)
            .mapToObj(user -> user(user) + " = {CLEARTEXT}" + RunningPushgate.PASSWORD)
            .collect(Collectors.joining("\n")));
    pushgate = RunningPushgate.startIn(folder);
    all(IntStream.range(0, USERS).<Callable<Boolean>>mapToObj(user -> () -> enrol(user)).toList());
    var _ = enrolled(USERS, new PushAddress.Fcm("phone-" + USERS));
    var _ = threads.submit(this::carryNotificationsToPhones);
  }

  @AfterAll
  void close() {
    over.countDown();
    threads.shutdownNow();
    pushgate.close();
    world.close();
  }

  private static String user(int number) {
    return "user" + number;
  }

  private <T> List<T> all(List<Callable<T>> tasks) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> task : threads.invokeAll(tasks)) {
      results.add(task.get());
    }
    return results;
  }

  private boolean enrol(int user) throws Exception {
    var _ = enrolled(user, new PushAddress.Fcm("phone-" + user));
    BrowserSubscription subscription =
        world
            .browsers()
            .subscribe(StandInWorld.BROWSERS, pushgate.state().vapidKeys().keptOrNew().publicKey());
    phones.put(subscription.path(), enrolled(user, subscription.address()));
    return true;
  }

  /** Enrolled within the server: over HTTPS, so many from one address would count as guessing. */
  private Phone enrolled(int user, PushAddress push) throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();
    String code =
        pushgate
            .state()
            .enrolmentCodes()
            .issue(user(user), Duration.ofHours(1), pushgate.base())
            .code();
    Redemption redemption =
        pushgate
            .state()
            .enrolmentCodes()
            .redeem(
                code,
                "Phone",
                new PhoneKey(key.getX().toString(), key.getY().toString()),
                push,
                InetAddress.ofLiteral("198.18." + user / 250 + "." + user % 250));
    Device device = ((Redemption.Enrolled) redemption).device();
    Account account =
        new Account(pushgate.base(), device.id(), user(user), "Test VPN", "Phone", key);
    return Phone.of(pushgate.http(), account, InstantSource.system());
  }

  /** Each browser opens what its service gets, and its user approves. */
  private boolean carryNotificationsToPhones() throws Exception {
    int seen = 0;
    while (over.getCount() > 0) {
      List<ReceivedPush> received = world.browsers().received();
      for (ReceivedPush push : received.subList(seen, received.size())) {
        JsonNode message = JSON.readTree(push.content());
        if (message.path("expires").asLong() > 0) {
          Phone phone = Objects.requireNonNull(phones.get(push.subscription().path()));
          var _ = threads.submit(() -> approve(phone, message.path("challenge").asText()));
        }
      }
      seen = received.size();
      var _ = over.await(20, TimeUnit.MILLISECONDS);
    }
    return true;
  }

  private boolean approve(Phone phone, String challenge) throws IOException, InterruptedException {
    turns.acquire();
    try {
      return phone.challenge(challenge) instanceof Reply.Done<Question>(Question question)
          && phone.approve(question, null).equals(new Reply.Done<>(Settlement.State.APPROVED));
    } finally {
      turns.release();
    }
  }

  private void makes(Trouble trouble) throws IOException {
    switch (trouble) {
      case DOWN -> {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
          InetSocketAddress nobody =
              new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
          world.proxy().leads(StandInGoogle.MESSAGING_HOST, 443, nobody);
        }
      }
      case SLOW -> {
        world.google().behind(world.proxy());
        world
            .google()
            .answers(
                _ -> {
                  try {
                    var _ = over.await(30, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return StandInGoogle.accepted();
                });
      }
      case GARBAGE -> {
        world.google().behind(world.proxy());
        world.google().answers(_ -> new StandInGoogle.Answer(200, "\u0000{\"name\": [[["));
      }
      case CLOSING -> {
        ServerSocket closing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var _ =
            threads.submit(
                () -> {
                  while (over.getCount() > 0) {
                    closing.accept().close();
                  }
                  closing.close();
                  return true;
                });
        world
            .proxy()
            .leads(
                StandInGoogle.MESSAGING_HOST,
                443,
                (InetSocketAddress) closing.getLocalSocketAddress());
      }
    }
  }

  /** How a login ended: the code of its reply, or 0 where none came in time. */
  private int logIn(int user) throws IOException {
    try (RawNas nas = pushgate.rawNas()) {
      RawRequest request =
          new RawRequest(user & 0xff, user(user), RunningPushgate.PASSWORD)
              .with(RawRequest.CALLING_STATION_ID, "198.51.100.7");
      Optional<byte[]> octets = nas.send(request).receive(ANSWER_WITHIN);
      return octets.map(reply -> CheckedReply.of(reply, request).code()).orElse(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void thousandLogins_areAllAcceptedByTheOtherPhones(Trouble trouble) throws Exception {
    makes(trouble);
    List<Integer> codes =
        all(
            IntStream.range(0, USERS)
                .<Callable<Integer>>mapToObj(user -> () -> logIn(user))
                .toList());
    assertThat(codes).isEqualTo(Collections.nCopies(USERS, CheckedReply.ACCEPT));
    assertThat(pushgate.server().waiting()).isZero();
  }

  @Test
  void userWithNoOtherPhone_isRejectedBeforeTheNasGivesUp() throws Exception {
    makes(Trouble.DOWN);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> logIn(USERS), code -> code == CheckedReply.REJECT);
  }
}
