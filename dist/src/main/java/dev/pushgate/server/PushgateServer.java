package dev.pushgate.server;

import dev.pushgate.audit.AuditFile;
import dev.pushgate.callback.CallbackListener;
import dev.pushgate.callback.ListenerSettings;
import dev.pushgate.callback.certificate.SelfSignedCertificate;
import dev.pushgate.callback.certificate.ServerCertificate;
import dev.pushgate.callback.limit.Limits;
import dev.pushgate.configuration.Configuration;
import dev.pushgate.configuration.SecondFactorSettings;
import dev.pushgate.push.alarm.Alarms;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.delivery.Deliveries;
import dev.pushgate.push.delivery.Polls;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.enrolment.FirstEnrolment;
import dev.pushgate.push.enrolment.InlineEnrolment;
import dev.pushgate.push.enrolment.MailCommand;
import dev.pushgate.push.enrolment.NewDevices;
import dev.pushgate.push.notifier.webpush.VapidKey;
import dev.pushgate.push.notifier.webpush.WebPushSettings;
import dev.pushgate.push.phone.Phones;
import dev.pushgate.push.phone.RefusalListener;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.push.policy.UnlessDenied;
import dev.pushgate.push.privacyidea.EnrolmentLink;
import dev.pushgate.push.privacyidea.PrivacyIdeaPhones;
import dev.pushgate.push.privacyidea.PrivacyIdeaRequests;
import dev.pushgate.radius.GateSettings;
import dev.pushgate.radius.RadiusGate;
import dev.pushgate.radius.SecondFactor;
import dev.pushgate.radius.SecondFactorPlugin;
import dev.pushgate.radius.audit.Audit;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDirectory;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.user.FingerprintingSource;
import dev.pushgate.radius.user.HashingThreads;
import dev.pushgate.radius.user.Rehashing;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UsersFileEditor;
import dev.pushgate.radius.user.UsersFileSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Pushgate: the RADIUS gate on one side, the callback listener on the other, the second
 * factor between them.
 */
public final class PushgateServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PushgateServer.class);

  /** How long the server waits for a command that edits the users. */
  private static final Duration EDITING_PATIENCE = Duration.ofSeconds(10);

  private final State state;
  private final Configuration configuration;
  private final AuditFile audit;
  private final SelfSignedCertificate selfSigned;
  private final HashingThreads hashing = HashingThreads.forAllCores();
  private final Rehashing rehashing;
  private final UsersFileSource users;
  private final Sources sources;
  private final Polls polls;
  private final Challenges challenges;
  private final Alarms alarms;
  private final Deliveries deliveries;
  private final Optional<MailCommand> mail;
  private final CallbackListener listener;
  private final RadiusGate gate;
  private volatile @Nullable UsersFileEditor editor;
  private volatile ClientDirectory clients;
  private volatile Map<String, Client> clientsByName;
  private volatile SecondFactorSettings secondFactor;
  private boolean closed;

  /**
   * Starts everything; logins are answered when this returns.
   *
   * @param setup what the configuration says
   * @param state opened by the caller, closed by {@link #close}
   * @param plugins second factors besides {@code push}, by name
   * @throws IOException when an address cannot be bound or the certificate cannot be kept; nothing
   *     runs then
   */
  public static PushgateServer start(
      Setup.Reading.Usable setup,
      State state,
      Map<String, SecondFactorPlugin> plugins,
      InstantSource clock,
      SecureRandom random)
      throws IOException, InterruptedException {
    PushgateServer server = new PushgateServer(setup, state, plugins, clock, random);
    try {
      server.listen();
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    log.info(
        "phones call {} (TCP port {})",
        setup.configuration().baseAddress(),
        server.listener.port());
    return server;
  }

  private PushgateServer(
      Setup.Reading.Usable setup,
      State state,
      Map<String, SecondFactorPlugin> plugins,
      InstantSource clock,
      SecureRandom random)
      throws IOException, InterruptedException {
    this.state = state;
    this.configuration = setup.configuration();
    this.clients = clientsOf(setup);
    this.clientsByName = configuration.clients();
    this.secondFactor = configuration.secondFactor();
    this.editor = editorOf(setup);
    this.rehashing = new Rehashing(() -> editor, random, clock);
    this.users = new UsersFileSource(setup.users(), hashing, clock, rehashing);
    this.sources =
        new Sources(
            users,
            () -> users.users().groupReplies(),
            () -> secondFactor.policy().groups().keySet(),
            configuration,
            clock,
            random);
    this.challenges = new Challenges(clock, random);
    this.polls = new Polls(clock);
    this.audit = AuditFile.open(state.folder().resolve(AuditFile.NAME), clock);
    this.selfSigned = new SelfSignedCertificate(state.folder(), clock, random);

    String baseAddress = configuration.baseAddress();
    state.baseAddresses().give(baseAddress);
    VapidKey vapidKey = state.vapidKeys().keptOrNew();
    Optional<WebPushSettings> webPush = Notifiers.webPush(configuration, vapidKey);
    this.alarms =
        new Alarms(secondFactor.alarms(), configuration.push().services().uplink(), audit, clock);
    this.deliveries =
        new Deliveries(
            Notifiers.of(configuration, vapidKey, clock),
            configuration.push().enabled(),
            state.devices(),
            challenges,
            polls,
            alarms,
            clock);
    Map<String, SecondFactor> factors = new HashMap<>();
    plugins.forEach(
        (name, plugin) ->
            factors.put(name, new UnlessDenied(() -> secondFactor.policy(), plugin.create())));
    InlineEnrolment inline = secondFactor.inlineEnrolment();
    this.mail =
        inline == null || inline.mailCommand().isEmpty()
            ? Optional.empty()
            : Optional.of(new MailCommand(inline.mailCommand(), clock));
    OwnFactor own =
        OwnFactor.of(
            configuration,
            () -> secondFactor,
            state,
            challenges,
            deliveries,
            alarms,
            Optional.ofNullable(inline)
                .map(
                    settings ->
                        new FirstEnrolment(
                            settings,
                            state.enrolmentCodes(),
                            mail,
                            baseAddress,
                            configuration.push().service(),
                            clock)),
            clock,
            random);
    for (Requirement requirement : Requirement.values()) {
      factors.put(requirement.word(), own.factor());
    }
    NewDevices newDevices =
        new NewDevices(
            state.devices(),
            deliveries,
            mail,
            this::userNamed,
            baseAddress,
            configuration.push().service(),
            clock,
            random);
    Phones phones =
        new Phones(
            state.devices(),
            state.enrolmentCodes(),
            state.baseAddresses(),
            challenges,
            polls,
            configuration.push().service(),
            address -> isUsed(address, webPush),
            new PasswordOfUser(sources, clock),
            newDevices,
            own.refusals(),
            audit,
            clock);
    this.listener =
        new CallbackListener(
            new ListenerSettings(
                setup.phoneAddresses(),
                configuration.push().serverPort(),
                URI.create(baseAddress),
                configuration.push().service(),
                webPush.map(_ -> vapidKey.publicKey()),
                Limits.DEFAULT),
            phones,
            privacyIdea(newDevices, own.refusals(), clock, random),
            clock,
            certificateOf(setup));
    this.gate =
        new RadiusGate(
            new GateSettings(
                configuration.radius().listen(),
                configuration.radius().accounting(),
                configuration.radius().rejectDelay(),
                Exchanges.Bounds.DEFAULT),
            source -> clients.find(source),
            new FingerprintingSource(
                sources,
                (user, password) ->
                    state.keys().fingerprint("remembered login of " + user, password)),
            factors,
            state.ratchets(),
            own.failures()::failed,
            untilStop(clock),
            clock,
            random);
  }

  private Optional<PrivacyIdeaRequests> privacyIdea(
      NewDevices newDevices, RefusalListener refusals, InstantSource clock, SecureRandom random) {
    if (!configuration.push().privacyIdea()) {
      return Optional.empty();
    }
    Optional<String> url = EnrolmentLink.url(configuration.baseAddress());
    if (url.isEmpty()) {
      log.warn(
          "privacyIDEA Authenticator cannot use {}: it is not served", configuration.baseAddress());
    }
    return url.map(
        address ->
            new PrivacyIdeaPhones(
                state.store(),
                state.devices(),
                state.enrolmentCodes(),
                challenges,
                polls,
                address,
                configuration.push().service(),
                newDevices,
                refusals,
                audit,
                clock,
                random));
  }

  private Optional<User> userNamed(String canonicalName) {
    try {
      return sources.find(canonicalName, null).found();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Who is meant by a name that a NAS has reported. */
  private Optional<String> canonicalName(String userName, String client) {
    try {
      return sources.find(userName, clientsByName.get(client)).canonicalName();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Audit untilStop(InstantSource clock) {
    Duration afterStop = secondFactor.rememberAfterStop();
    return afterStop == null
        ? audit
        : new RememberedUntilStop(
            audit, state.rememberedLogins(), afterStop, this::canonicalName, clock);
  }

  /** A browser may subscribe while its push services are switched off: that changes some day. */
  private static boolean isUsed(PushAddress address, Optional<WebPushSettings> webPush) {
    return !(address instanceof PushAddress.WebPush browser)
        || webPush.map(settings -> settings.allows(browser)).orElse(true);
  }

  private void listen() throws IOException {
    try {
      listener.start();
    } catch (IOException e) {
      throw new IOException(
          "cannot listen for phones on TCP port %d: %s. Stop what uses the port, or set push.server-port to another"
              .formatted(configuration.push().serverPort(), cause(e).getMessage()),
          e);
    }
    try {
      gate.start();
    } catch (IOException e) {
      throw new IOException(
          e.getMessage()
              + ". Stop what uses the port, or set radius.listen or radius.accounting to another",
          e);
    }
  }

  /** What Jetty wraps in words of its own says more. */
  private static Throwable cause(IOException e) {
    return e.getCause() == null ? e : e.getCause();
  }

  private static ClientDirectory clientsOf(Setup.Reading.Usable setup) {
    return new Clients(List.copyOf(setup.configuration().clients().values()));
  }

  /** What stores outgrown passwords anew, unless that is switched off. */
  private static @Nullable UsersFileEditor editorOf(Setup.Reading.Usable setup) {
    return setup.configuration().rehash()
        ? new UsersFileEditor(setup.usersFile(), EDITING_PATIENCE)
        : null;
  }

  private ServerCertificate certificateOf(Setup.Reading.Usable setup) throws IOException {
    ServerCertificate named = setup.certificate();
    return named == null ? selfSigned.keptOrNew(URI.create(configuration.baseAddress())) : named;
  }

  /**
   * Takes over what can change while logins wait: clients, users, the certificate, who needs which
   * second factor, numbers and limits. Whatever else differs is named in the log and needs a
   * restart.
   */
  public void reload(Setup.Reading.Usable setup) throws IOException {
    ServerCertificate certificate = certificateOf(setup);
    clients = clientsOf(setup);
    clientsByName = setup.configuration().clients();
    secondFactor = setup.configuration().secondFactor();
    editor = editorOf(setup);
    users.replace(setup.users());
    sources.reload(setup.configuration());
    listener.reloadCertificate(certificate);
    log.info(
        "reloaded: {} clients, {} users",
        setup.configuration().clients().size(),
        setup.users().accounts().size());
    if (!isSameApartFromWhatReloads(setup.configuration())) {
      log.warn(
          "settings of push, callback, radius, code, enroll, alarm, state or key-file have changed: they need a restart");
    }
  }

  private boolean isSameApartFromWhatReloads(Configuration other) {
    return configuration.push().equals(other.push())
        && configuration.callback().allowAccess().equals(other.callback().allowAccess())
        && configuration.baseAddress().equals(other.baseAddress())
        && configuration.radius().equals(other.radius())
        && configuration.state().equals(other.state())
        && configuration.secondFactor().isSameApartFromWhatReloads(other.secondFactor());
  }

  /** Where it listens for RADIUS. */
  public List<InetSocketAddress> radiusAddresses() {
    return gate.addresses();
  }

  /** Where it listens for accounting; empty where that is turned off. */
  public List<InetSocketAddress> accountingAddresses() {
    return gate.accountingAddresses();
  }

  /** How many logins wait now. */
  public int waiting() {
    return gate.waiting();
  }

  /**
   * Rejects what waits, ends the phones' requests, and closes everything, the state included; takes
   * less than 5 seconds. May be called again and from any thread: it returns when all is closed.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    gate.close();
    challenges.cancelAll();
    polls.close();
    deliveries.close();
    alarms.close();
    mail.ifPresent(MailCommand::close);
    listener.stop();
    sources.close();
    hashing.close();
    rehashing.close();
    audit.close();
    state.close();
  }
}
