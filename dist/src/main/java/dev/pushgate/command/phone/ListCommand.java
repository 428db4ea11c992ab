package dev.pushgate.command.phone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pushgate.callback.phone.Account;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.terminal.AsciiJson;
import dev.pushgate.terminal.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code pushgate phone list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows the accounts of this phone.")
final class ListCommand implements Callable<Integer> {
  @ParentCommand private @Nullable PhoneCommand phone;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PhoneCommand parent = Objects.requireNonNull(phone);
    Table table = new Table("USER", "SERVICE", "NAME", "SERVER", "FILE");
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Path file : parent.accounts().all()) {
      Account account = Account.read(file);
      table.row(
          UntrustedText.shown(account.user()),
          UntrustedText.shown(account.service()),
          UntrustedText.shown(account.name()),
          UntrustedText.shown(account.base()),
          file.toString());
      array
          .addObject()
          .put("user", account.user())
          .put("service", account.service())
          .put("name", account.name())
          .put("server", account.base())
          .put("device", account.device())
          .put("file", file.toString());
    }
    if (json) {
      parent.terminal().out().println(AsciiJson.text(array));
    } else {
      table.printTo(parent.terminal().out());
    }
    return 0;
  }
}
