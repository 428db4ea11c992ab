package dev.pushgate.command;

import dev.pushgate.push.bypass.BypassCodes;
import dev.pushgate.push.bypass.Bypasses;
import dev.pushgate.radius.audit.AuditRecord;
import dev.pushgate.radius.audit.AuditRecord.BypassGranted.Way;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.Lookup;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pushgate bypass}: lets a user in without the second factor, for a time or once. */
@Command(
    name = "bypass",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a user in without the second factor for a time, or once by a code.",
      "Goes into the audit log, with the reason and who gave it."
    },
    synopsisSubcommandLabel = "[end]")
public final class BypassCommand implements Callable<Integer> {
  /** As many characters as are shown. */
  private static final int LONGEST_REASON = UntrustedText.SHOWN;

  @Mixin private ConfigurationOption ofThis = new ConfigurationOption();

  @Parameters(
      paramLabel = "USER",
      arity = "0..1",
      description = "The user, as users.properties has the name.")
  private @Nullable String user;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long, such as 30m, 1h or 7d, which is the longest (a code: 15m).")
  private @Nullable Duration length;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; must be given. Is kept in the audit log.")
  private @Nullable String reason;

  @Option(
      names = "--code",
      description = "Print a code to read out to the user, which is good for one login.")
  private boolean code;

  @Spec private @Nullable CommandSpec spec;

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() throws IOException, InterruptedException {
    String typed = given(user, "USER");
    String why = given(reason, "--reason");
    if (why.isBlank() || why.codePointCount(0, why.length()) > LONGEST_REASON) {
      throw wrongUse("--reason: write 1 to " + LONGEST_REASON + " characters");
    }
    Duration duration =
        length == null && code ? BypassCodes.DEFAULT_VALIDITY : given(length, "--for");
    if (!duration.isPositive() || duration.compareTo(Bypasses.LONGEST) > 0) {
      throw wrongUse("--for: more than nothing, and 7d at most");
    }
    Optional<Setup.Reading.Usable> setup = ofThis.readOrTell(err());
    if (setup.isEmpty()) {
      return 1;
    }
    Optional<String> name = NamedUser.orTell(typed, setup.get(), err());
    if (name.isEmpty()) {
      return 1;
    }
    Instant until = clock.instant().plus(duration);
    try (State state = open(setup.get())) {
      // On record before it is done.
      Administrator.record(
          state,
          new AuditRecord.BypassGranted(
              clock.instant(),
              name.get(),
              code ? Way.CODE : Way.TIME,
              until,
              UntrustedText.shown(why),
              Administrator.name()));
      if (code) {
        out().println(state.bypassCodes().issue(name.get(), until, why, Administrator.name()));
        err().println("Good for one login of " + name.get() + " until " + ShownTime.of(until));
      } else {
        var _ = state.bypasses().grant(name.get(), until, why, Administrator.name());
        out().println(name.get() + " needs no second factor until " + ShownTime.of(until));
        err().println("End it earlier with: pushgate bypass end " + name.get());
      }
    }
    return 0;
  }

  @Command(
      name = "end",
      mixinStandardHelpOptions = true,
      description = "Ends a user's bypass before its time, and makes an unused code void.")
  int end(
      @Mixin ConfigurationOption configuration,
      @Parameters(paramLabel = "USER", description = "The user, as 'status' shows the name.")
          String of)
      throws IOException, InterruptedException {
    if (!parent().getParseResult().matchedOptions().isEmpty()) {
      throw wrongUse("options go behind 'end'");
    }
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err());
    if (setup.isEmpty()) {
      return 1;
    }
    // A user who has been removed may have one.
    Lookup found = NamedUser.lookup(of, null, setup.get());
    String name = found.canonicalName().orElse(of);
    boolean bypass;
    boolean unused;
    try (State state = open(setup.get())) {
      bypass = state.bypasses().end(name);
      unused = state.bypassCodes().end(name);
      if (bypass || unused) {
        Administrator.record(
            state, new AuditRecord.BypassEnded(clock.instant(), name, Administrator.name()));
      }
    }
    if (bypass) {
      out().println(name + " needs the second factor again");
    }
    if (unused) {
      out().println("the code of " + name + " is void");
    }
    if (bypass || unused) {
      return 0;
    }
    if (found.canonicalName().isPresent()) {
      err().println("pushgate: " + name + " has no bypass");
    } else {
      NamedUser.tellUnknown(of, found, setup.get(), err());
    }
    return 1;
  }

  private State open(Setup.Reading.Usable setup) throws IOException, InterruptedException {
    return State.open(setup.configuration(), clock, new SecureRandom());
  }

  /** What the grammar leaves open, because 'end' does without. */
  private <T> T given(@Nullable T value, String name) {
    if (value == null) {
      throw wrongUse(name + " is missing");
    }
    return value;
  }

  private ParameterException wrongUse(String what) {
    return new ParameterException(parent(), what);
  }

  private CommandLine parent() {
    return Objects.requireNonNull(spec).commandLine();
  }

  private PrintWriter out() {
    return parent().getOut();
  }

  private PrintWriter err() {
    return parent().getErr();
  }
}
