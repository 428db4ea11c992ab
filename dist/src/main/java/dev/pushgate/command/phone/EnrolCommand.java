package dev.pushgate.command.phone;

import dev.pushgate.callback.phone.Account;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.command.SecretInput;
import dev.pushgate.radius.packet.UntrustedText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code pushgate phone enrol}. */
@Command(
    name = "enrol",
    aliases = "enroll",
    mixinStandardHelpOptions = true,
    description = "Becomes a device of the user for whom the link was made.")
final class EnrolCommand implements Callable<Integer> {
  @ParentCommand private @Nullable PhoneCommand phone;

  @Parameters(paramLabel = "URL", description = "As 'pushgate enroll' printed it.")
  private @Nullable URI url;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "Terminal",
      description = "What to call this device (default: ${DEFAULT-VALUE}).")
  private String name = "Terminal";

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "A file with the user's password, for a link that asks for it; asked for when absent.")
  private @Nullable Path passwordFile;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PhoneCommand parent = Objects.requireNonNull(phone);
    Path file = parent.accounts().next();
    try (HttpClient http = parent.http()) {
      return switch (enrolled(http, Objects.requireNonNull(url), file)) {
        case Reply.Done<Phone>(Phone enrolled) -> {
          parent.terminal().out().println(told(enrolled.account()) + "; kept in " + file);
          yield 0;
        }
        case Reply.Refused<Phone> refused -> parent.terminal().refused(refused);
      };
    } catch (IllegalArgumentException e) {
      throw parent.wrongUse("that is no enrolment link");
    }
  }

  private Reply<Phone> enrolled(HttpClient http, URI link, Path file)
      throws IOException, InterruptedException {
    InstantSource clock = InstantSource.system();
    Reply<Phone> reply = Phone.enrol(http, link, name, file, clock);
    if (!(reply instanceof Reply.Refused<Phone> refused)
        || !refused.code().equals("password-needed")) {
      return reply;
    }
    String password =
        passwordFile == null
            ? SecretInput.of(null, "PUSHGATE_PASSWORD", "Password: ", Objects.requireNonNull(spec))
            : Files.readString(passwordFile).replaceFirst("\\R$", "");
    return Phone.enrol(http, link, name, password, file, clock);
  }

  private static String told(Account account) {
    return "enrolled "
        + account.device()
        + " for "
        + UntrustedText.shown(account.user())
        + " at "
        + UntrustedText.shown(account.service());
  }
}
