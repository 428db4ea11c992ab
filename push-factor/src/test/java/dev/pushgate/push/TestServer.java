package dev.pushgate.push;

import dev.pushgate.push.alarm.Alarms;
import dev.pushgate.push.bypass.BypassCodes;
import dev.pushgate.push.bypass.Bypasses;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.code.OneTimeCodes;
import dev.pushgate.push.code.RecoveryCodes;
import dev.pushgate.push.delivery.Deliveries;
import dev.pushgate.push.delivery.Polls;
import dev.pushgate.push.device.BaseAddresses;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.device.EnrolmentCodes;
import dev.pushgate.push.device.PasswordConfirmation;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.dialogue.Admission;
import dev.pushgate.push.dialogue.CodePrompt;
import dev.pushgate.push.dialogue.NumberPrompt;
import dev.pushgate.push.dialogue.NumberSettings;
import dev.pushgate.push.dialogue.PhoneWait;
import dev.pushgate.push.dialogue.Questions;
import dev.pushgate.push.dialogue.Refusals;
import dev.pushgate.push.dialogue.TypedCodes;
import dev.pushgate.push.limit.ConsecutiveFailures;
import dev.pushgate.push.limit.LimitSettings;
import dev.pushgate.push.limit.PushLimits;
import dev.pushgate.push.notifier.Notifier;
import dev.pushgate.push.phone.Enrolled;
import dev.pushgate.push.phone.PhoneAnswer;
import dev.pushgate.push.phone.Phones;
import dev.pushgate.push.phone.Question;
import dev.pushgate.push.phone.Refusal;
import dev.pushgate.push.policy.Policy;
import dev.pushgate.push.remember.RememberedLogins;
import dev.pushgate.push.secret.KeyRing;
import dev.pushgate.push.secret.Keys;
import dev.pushgate.push.store.SqliteStore;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.audit.AuditRecord;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.user.User;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** All of this module put together over a real store, as the running server does it. */
public final class TestServer implements AutoCloseable {
  public static final String BASE = "https://vpn.example.test:4433";
  public static final InetAddress PHONE_ADDRESS = InetAddress.ofLiteral("198.51.100.7");

  public final SqliteStore store;
  public final BaseAddresses addresses;
  public final Devices devices;
  public final EnrolmentCodes codes;
  public final Challenges challenges;
  public final Polls polls;
  public final Phones phones;
  public final Deliveries deliveries;
  public final Alarms alarms;
  public final PushLimits limits;
  public final RememberedLogins remembered;
  public final Bypasses bypasses;
  public final ConsecutiveFailures failures;
  public final OneTimeCodes oneTimeCodes;
  public final RecoveryCodes recoveryCodes;
  public final BypassCodes bypassCodes;
  public final Admission admission;
  public final PushFactor factor;

  /** What each login takes; may be changed. */
  public volatile Policy policy = Policy.DEFAULT;

  /** What prompts show; may be changed. */
  public volatile NumberSettings number = NumberSettings.DEFAULT;

  /** How often users are asked: as good as without end, unless a test changes it. */
  public volatile LimitSettings limitSettings =
      new LimitSettings(1_000_000, Duration.ofMinutes(10), null);

  /** What was recorded, in order. */
  public final List<AuditRecord> audit = new CopyOnWriteArrayList<>();

  /** Of users, as their source has them. */
  public final Map<String, String> passwords = new ConcurrentHashMap<>();

  /** Those that were enrolled, in order. */
  public final List<Device> newDevices = new CopyOnWriteArrayList<>();

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong logins = new AtomicLong();

  public TestServer(Path folder, InstantSource clock) throws InterruptedException {
    this(folder, clock, newKeys());
  }

  /** One of several processes on one folder, which have one key file. */
  public TestServer(Path folder, InstantSource clock, Keys keys) throws InterruptedException {
    this.clock = clock;
    store = SqliteStore.open(folder);
    addresses = new BaseAddresses(store, clock);
    addresses.give(BASE);
    devices = new Devices(store, clock);
    codes = new EnrolmentCodes(store, addresses, clock, random);
    challenges = new Challenges(clock, random);
    polls = new Polls(clock);
    alarms = new Alarms(audit::add, clock);
    limits = new PushLimits(store, () -> limitSettings, clock);
    remembered = new RememberedLogins(store, clock);
    bypasses = new Bypasses(store, clock);
    failures = new ConsecutiveFailures(store);
    oneTimeCodes = new OneTimeCodes(store, keys, clock, random);
    recoveryCodes = new RecoveryCodes(store, clock, random);
    bypassCodes = new BypassCodes(store, clock, random);
    admission = new Admission(bypasses, remembered, limits, failures, clock);
    phones =
        new Phones(
            devices,
            codes,
            addresses,
            challenges,
            polls,
            "Demo VPN",
            this::isUsable,
            (user, password) ->
                password.equals(passwords.get(user))
                    ? PasswordConfirmation.Answer.RIGHT
                    : PasswordConfirmation.Answer.WRONG,
            newDevices::add,
            new Refusals(remembered, limits, alarms),
            audit::add,
            clock);
    deliveries = deliveries(List.of());
    factor = factor(Duration.ofSeconds(60));
  }

  /** What a new key file has. */
  public static Keys newKeys() {
    SecureRandom random = new SecureRandom();
    return Keys.of(KeyRing.of(List.of(KeyRing.newLine(random)), random).orElseThrow());
  }

  public PushFactor factor(Duration expiry) {
    return factor(deliveries, expiry);
  }

  public PushFactor factor(Deliveries deliveries, Duration expiry) {
    Questions questions = new Questions(challenges, deliveries, limits, BASE, expiry, clock);
    TypedCodes typed = new TypedCodes(oneTimeCodes, recoveryCodes, bypassCodes, admission);
    PhoneWait phoneWait = new PhoneWait(questions, admission, Optional.empty());
    CodePrompt codePrompt = new CodePrompt(phoneWait, typed, admission);
    return new PushFactor(
        () -> policy,
        admission,
        devices,
        oneTimeCodes,
        phoneWait,
        codePrompt,
        new NumberPrompt(
            questions, phoneWait, codePrompt, typed, admission, () -> number, random, clock));
  }

  /** Deliveries by these notifiers; the caller closes them. */
  public Deliveries deliveries(List<Notifier> notifiers) {
    return new Deliveries(notifiers, true, devices, challenges, polls, alarms, clock);
  }

  private boolean isUsable(PushAddress address) {
    return !(address instanceof PushAddress.WebPush browser)
        || !browser.endpoint().contains("elsewhere");
  }

  public String code(String user) throws InterruptedException {
    return codes.issue(user, EnrolmentCodes.DEFAULT_VALIDITY, BASE).code();
  }

  /** A phone that has been enrolled for that user. */
  public TestPhone enrolled(String user) throws InterruptedException {
    TestPhone phone = new TestPhone(BASE, clock);
    PhoneAnswer<Enrolled> answer =
        phones.enrol(phone.enrolment(code(user), "a phone"), PHONE_ADDRESS);
    phone.isDevice(taken(answer).device());
    return phone;
  }

  public Login login(String user) {
    return new Login(
        "L" + logins.incrementAndGet(),
        new User(user, Set.of(), null),
        Client.of("fortigate-hq", "192.0.2.1", "shared"),
        "203.0.113.77",
        clock.instant());
  }

  /** A login that waits on a thread of its own, by the factor given. */
  public FutureTask<Outcome> waiting(PushFactor by, String user) {
    FutureTask<Outcome> login =
        new FutureTask<>(() -> by.verify(login(user), clock.instant().plusSeconds(60)));
    Thread.ofVirtual().start(login);
    return login;
  }

  public FutureTask<Outcome> waiting(String user) {
    return waiting(factor, user);
  }

  /** What that phone sees when it asks, as soon as it is a challenge. */
  public Question question(TestPhone phone) {
    return Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> questions(phone), list -> !list.isEmpty())
        .getFirst();
  }

  /** What that phone is told of one challenge; it has not asked for others. */
  public Question question(TestPhone phone, String challenge) throws InterruptedException {
    String path = "/v1/challenges/" + challenge;
    return taken(phones.challenge(phone.bearer("GET", path), path, challenge));
  }

  public List<Question> questions(TestPhone phone) throws InterruptedException {
    return taken(
        phones.challenges(phone.bearer("GET", "/v1/challenges"), "/v1/challenges", Duration.ZERO));
  }

  public static <T> T taken(PhoneAnswer<T> answer) {
    return switch (answer) {
      case PhoneAnswer.Taken<T>(T value) -> value;
      case PhoneAnswer.Refused<T>(Refusal why) -> throw new AssertionError("refused: " + why);
    };
  }

  public static Refusal refusal(PhoneAnswer<?> answer) {
    return switch (answer) {
      case PhoneAnswer.Taken<?> taken -> throw new AssertionError("taken: " + taken);
      case PhoneAnswer.Refused<?>(Refusal why) -> why;
    };
  }

  /** Runs as many at once as there are tasks, all starting together. */
  public static <T> List<T> race(List<Callable<T>> tasks) {
    CompletableFuture<Boolean> start = new CompletableFuture<>();
    List<FutureTask<T>> running =
        tasks.stream()
            .map(
                task ->
                    new FutureTask<>(
                        () -> {
                          start.join();
                          return task.call();
                        }))
            .toList();
    running.forEach(Thread::startVirtualThread);
    start.complete(true);
    return running.stream().map(TestServer::result).toList();
  }

  public static <T> T result(FutureTask<T> task) {
    try {
      return task.get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    challenges.cancelAll();
    polls.close();
    deliveries.close();
    alarms.close();
    store.close();
  }
}
