package dev.pushgate.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.push.policy.Decision;
import dev.pushgate.push.policy.Ground;
import dev.pushgate.push.policy.Policy;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.NearestName;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.client.Mode;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.Account;
import dev.pushgate.radius.user.User;
import dev.pushgate.server.Setup;
import dev.pushgate.terminal.AsciiJson;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pushgate explain}: which second factor a login would take, and by which rules. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Tells which second factor a login would take, and by which rules.")
public final class ExplainCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "USER", description = "The user, as typed at the VPN.")
  private String user = "";

  @Option(
      names = "--client",
      required = true,
      paramLabel = "NAME",
      description = "The client, as 'clients' shows it.")
  private String client = "";

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "Where the user comes from; left out: the client does not tell.")
  private @Nullable String from;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    PrintWriter err = command.commandLine().getErr();
    PrintWriter out = command.commandLine().getOut();
    String address = from == null ? null : address(from, command);
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err);
    if (setup.isEmpty()) {
      return 1;
    }
    Optional<Account> account = setup.get().users().find(user);
    if (account.isEmpty()) {
      err.println(
          "pushgate: there is no user "
              + UntrustedText.shown(user)
              + " in "
              + setup.get().configuration().users());
      return 1;
    }
    Map<String, Client> clients = setup.get().configuration().clients();
    Client asking = clients.get(client);
    if (asking == null) {
      err.println(
          "pushgate: there is no client %s%s; 'pushgate clients' shows them"
              .formatted(
                  UntrustedText.shown(client),
                  NearestName.to(client, clients.keySet())
                      .map(near -> " (" + near + "?)")
                      .orElse("")));
      return 1;
    }
    Login login =
        new Login(
            "explain", account.get().user(), asking, address, InstantSource.system().instant());
    Decision decision = setup.get().configuration().secondFactor().policy().decide(login);
    List<String> next = next(setup.get(), account.get(), login, decision);
    if (json) {
      out.println(AsciiJson.text(asJson(login, decision, next)));
    } else {
      tell(login, decision, next, out);
    }
    return 0;
  }

  private static String address(String text, CommandSpec command) {
    return IpLiteral.parse(text)
        .map(IpLiteral::text)
        .orElseThrow(
            () ->
                new ParameterException(
                    command.commandLine(),
                    "'" + UntrustedText.shown(text) + "' is not an IP address"));
  }

  private static void tell(Login login, Decision decision, List<String> next, PrintWriter out) {
    out.println(
        "user %s at client %s%s"
            .formatted(
                UntrustedText.shown(login.user().name()),
                login.client().name(),
                login.userAddress() == null ? "" : " from " + login.userAddress()));
    decision.grounds().forEach(ground -> out.println("  " + ground));
    out.println("factor: " + factor(login, decision));
    out.println("mode: " + decision.mode().word());
    next.forEach(line -> out.println("next: " + line));
  }

  private static String factor(Login login, Decision decision) {
    return decision.requirement() == Requirement.DENY
        ? Requirement.DENY.word()
        : Policy.plugin(login.user(), login.client()).orElse(decision.requirement().word());
  }

  /**
   * What becomes of the login once its password has proved right, in the order in which it is
   * looked at.
   */
  private static List<String> next(
      Setup.Reading.Usable setup, Account account, Login login, Decision decision) {
    List<String> next = new ArrayList<>();
    if (account.disabled()) {
      next.add("refused: the user is disabled");
      return next;
    }
    Optional<String> plugin = Policy.plugin(login.user(), login.client());
    if (decision.requirement() == Requirement.DENY) {
      next.add("refused");
    } else if (plugin.isPresent()) {
      next.add("the plugin " + plugin.get() + " is asked");
    } else {
      next.add(asked(setup, login.user(), decision));
    }
    return next;
  }

  private static String asked(Setup.Reading.Usable setup, User user, Decision decision) {
    boolean choose = setup.configuration().secondFactor().number().choose();
    String name = UntrustedText.shown(user.name());
    String seen = ": users " + ClientSummary.seen(decision.mode(), choose);
    return switch (decision.requirement()) {
      case DENY -> "refused";
      case NONE -> "let in by the password alone";
      case NUMBER ->
          decision.mode() == Mode.BLOCK
              ? "refused: in mode block no number can be shown"
              : name + " must approve on the phone, with the number that the VPN shows";
      case PUSH -> name + " must approve on the phone" + seen;
      case CODE -> name + " must give a one-time code";
      case PUSH_OR_CODE -> name + " must approve on the phone or give a one-time code" + seen;
    };
  }

  private static ObjectNode asJson(Login login, Decision decision, List<String> next) {
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("user", login.user().name())
            .put("client", login.client().name())
            .put("from", login.userAddress())
            .put("factor", factor(login, decision))
            .put("mode", decision.mode().word());
    ArrayNode grounds = object.putArray("grounds");
    for (Ground ground : decision.grounds()) {
      grounds
          .addObject()
          .put("origin", ground.origin().word())
          .put("name", ground.name())
          .put("aspect", ground.aspect().word())
          .put("word", ground.word())
          .put("wins", ground.weight().wins())
          .put("why", ground.weight().why());
    }
    ArrayNode what = object.putArray("next");
    next.forEach(what::add);
    return object;
  }
}
