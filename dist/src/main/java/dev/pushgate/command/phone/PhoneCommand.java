package dev.pushgate.command.phone;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Trust;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code pushgate phone}: what all of its commands share. */
@Command(
    name = "phone",
    mixinStandardHelpOptions = true,
    description = "A phone in a terminal: enrols, shows who asks, and answers.",
    synopsisSubcommandLabel = "(enrol | list | watch | approve | deny | report | ignore)",
    subcommands = {
      EnrolCommand.class,
      ListCommand.class,
      WatchCommand.class,
      ApproveCommand.class,
      DenyCommand.class,
      ReportCommand.class,
      IgnoreCommand.class
    })
public final class PhoneCommand {
  @Option(
      names = "--account",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      defaultValue = "pushgate-phone.json",
      description = {
        "Where the phone keeps its account and key (default: ${DEFAULT-VALUE}).",
        "A folder holds several accounts: 'enrol' adds one, the other commands speak for all."
      })
  private Path account = Path.of("pushgate-phone.json");

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "A certificate (PEM) to trust besides none other, such as the server's own tls.crt where"
              + " that is self-signed.")
  private @Nullable Path trust;

  @Spec private @Nullable CommandSpec spec;

  AccountFiles accounts() {
    return new AccountFiles(account);
  }

  /** A client that trusts what was asked for; the caller closes it. */
  HttpClient http() throws IOException {
    return Trust.client(trust);
  }

  /** A phone for each account. */
  List<Phone> phones(HttpClient http) throws IOException {
    List<Phone> phones = new ArrayList<>();
    for (Path file : accounts().all()) {
      phones.add(Phone.load(http, file, InstantSource.system()));
    }
    return phones;
  }

  Terminal terminal() {
    return new Terminal(spec().commandLine().getOut(), spec().commandLine().getErr());
  }

  ParameterException wrongUse(String message) {
    return new ParameterException(spec().commandLine(), message);
  }

  private CommandSpec spec() {
    return Objects.requireNonNull(spec, "set before a command runs");
  }
}
