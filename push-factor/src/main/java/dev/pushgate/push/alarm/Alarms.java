package dev.pushgate.push.alarm;

import com.github.benmanes.caffeine.cache.Cache;
import dev.pushgate.push.command.AdministratorCommand;
import dev.pushgate.push.notifier.Uplink;
import dev.pushgate.radius.ClockedCaffeine;
import dev.pushgate.radius.audit.Audit;
import dev.pushgate.radius.audit.AuditException;
import dev.pushgate.radius.audit.AuditRecord;
import dev.pushgate.radius.packet.UntrustedText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells administrators of what only they can mend: an error in the log and a record in the audit
 * log, and where it is set up a webhook and a command.
 *
 * <p>The same alarm is told to log and audit once a minute at most, to webhook and command once in
 * five. Raising one never waits for webhook or command.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>An alarm holds no password, code, key, token or State. Texts of packets in it are safe to
 * show.
 *
 * <p>Safe for use by many threads.
 */
public final class Alarms implements AutoCloseable {
  static final Duration LOGGED_EVERY = Duration.ofMinutes(1);
  static final Duration TOLD_EVERY = Duration.ofMinutes(5);

  /** Somebody can make as many as there are users; past this, some are told again early. */
  private static final int MOST_REMEMBERED = 10_000;

  private static final Logger log = LoggerFactory.getLogger(Alarms.class);

  private final Audit audit;
  private final InstantSource clock;
  private final Optional<Webhook> webhook;
  private final Optional<AdministratorCommand> command;
  private final Cache<String, Boolean> logged;
  private final Cache<String, Boolean> told;
  private final LongAdder raised = new LongAdder();

  /**
   * @param uplink how the webhook is reached
   */
  public Alarms(AlarmSettings settings, Uplink uplink, Audit audit, InstantSource clock) {
    this(
        Optional.ofNullable(settings.webhook()).map(address -> new Webhook(address, uplink)),
        settings.command().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new AdministratorCommand(
                    "alarm command", settings.command(), AdministratorCommand.DEFAULT_LIMIT)),
        audit,
        clock);
  }

  /** With log and audit alone. */
  public Alarms(Audit audit, InstantSource clock) {
    this(Optional.empty(), Optional.empty(), audit, clock);
  }

  Alarms(
      Optional<Webhook> webhook,
      Optional<AdministratorCommand> command,
      Audit audit,
      InstantSource clock) {
    this.webhook = webhook;
    this.command = command;
    this.audit = audit;
    this.clock = clock;
    this.logged = once(LOGGED_EVERY, clock);
    this.told = once(TOLD_EVERY, clock);
  }

  private static Cache<String, Boolean> once(Duration every, InstantSource clock) {
    return ClockedCaffeine.newBuilder(clock)
        .maximumSize(MOST_REMEMBERED)
        .expireAfterWrite(every)
        .executor(Runnable::run)
        .build();
  }

  /**
   * Raises an alarm that concerns nobody in particular.
   *
   * @param subject what is in trouble, in a stable word: one of few
   * @param reason why; one of few, and no secret
   * @param remedy what to do
   */
  public void raise(String subject, String reason, String remedy) {
    raise(new Alarm(subject, reason, remedy, clock.instant(), null));
  }

  /**
   * A user has said on the phone that a login was not theirs: somebody else has the password.
   *
   * @param user canonical name
   * @param client the NAS at which it was
   * @param from the address told of the one who signed in, or null where there is none
   */
  public void reported(String user, String client, @Nullable String from) {
    String reason =
        "%s reported a sign-in at %s from %s as not theirs"
            .formatted(
                UntrustedText.shown(user),
                UntrustedText.shown(client),
                from == null ? "an unknown address" : UntrustedText.shown(from));
    raise(
        new Alarm(
            "report",
            reason,
            // Without the name, which a shell might take for more than a name.
            "Somebody else knows the password: have the user change it. After that, let pushes go to"
                + " unknown places again: pushgate lift USER",
            clock.instant(),
            new Alarm.About(user, client, from)));
  }

  /** How many alarms were raised since the start, those told before included. */
  public long raised() {
    return raised.sum();
  }

  private void raise(Alarm alarm) {
    raised.increment();
    if (isFirst(logged, alarm)) {
      log.error("ALARM {}: {}. {}", alarm.subject(), alarm.reason(), alarm.remedy());
      record(alarm);
    }
    if ((webhook.isPresent() || command.isPresent()) && isFirst(told, alarm)) {
      byte[] json = alarm.json();
      webhook.ifPresent(hook -> hook.tell(json));
      command.ifPresent(
          program -> {
            var _ =
                program.run(
                    json,
                    Map.of("PUSHGATE_ALARM", alarm.subject()),
                    AdministratorCommand.Output.SHOWN);
          });
    }
  }

  private static boolean isFirst(Cache<String, Boolean> seen, Alarm alarm) {
    return seen.asMap().putIfAbsent(alarm.sameness(), true) == null;
  }

  private void record(Alarm alarm) {
    try {
      audit.record(new AuditRecord.AlarmRaised(alarm.at(), alarm.subject(), alarm.reason()));
    } catch (AuditException e) {
      // The log has it, and nobody is let in by this.
      log.warn("an alarm is missing from the audit log", e);
    }
  }

  /** Ends what is under way to webhook and command. */
  @Override
  public void close() {
    webhook.ifPresent(Webhook::close);
    command.ifPresent(AdministratorCommand::close);
  }
}
