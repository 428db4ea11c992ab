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
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.Lookup;
import dev.pushgate.radius.user.User;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import dev.pushgate.terminal.AsciiJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code pushgate explain}: which second factor a login would take, by which rules, and what would
 * come next as things stand.
 */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Tells which second factor a login would take, by which rules, and what would come next as",
      "things stand. Nobody is asked, and nothing is counted."
    })
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
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    PrintWriter err = command.commandLine().getErr();
    PrintWriter out = command.commandLine().getOut();
    String address = from == null ? null : address(from, command);
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err);
    if (setup.isEmpty()) {
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
    Lookup lookup = NamedUser.lookup(user, asking, setup.get());
    Optional<User> found = userOf(lookup);
    if (found.isEmpty()) {
      NamedUser.tellUnknown(user, lookup, setup.get(), err);
      return 1;
    }
    Login login =
        new Login(
            "explain",
            found.get(),
            asking,
            address,
            InstantSource.system().instant(),
            null,
            null,
            !asking.sources().isPasswordCheckedByNas());
    Decision decision = setup.get().configuration().secondFactor().policy().decide(login);
    Standing standing;
    try (State state =
        State.open(setup.get().configuration(), InstantSource.system(), new SecureRandom())) {
      standing = Standing.of(login, decision, state);
    }
    List<String> next =
        new LoginOutlook(setup.get().configuration().secondFactor(), login, decision, standing)
            .lines(
                lookup instanceof Lookup.Barred(_, String reason)
                    ? Optional.of(reason)
                    : Optional.empty());
    if (json) {
      out.println(AsciiJson.text(asJson(login, decision, standing, next)));
    } else {
      tell(login, decision, standing, next, out);
    }
    return 0;
  }

  /** Another server's user is known by the name at least. */
  private static Optional<User> userOf(Lookup lookup) {
    return lookup
        .found()
        .or(() -> lookup.canonicalName().map(name -> new User(name, Set.of(), null)));
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

  private static void tell(
      Login login, Decision decision, Standing standing, List<String> next, PrintWriter out) {
    out.println(
        "user %s at client %s%s"
            .formatted(
                UntrustedText.shown(login.user().name()),
                login.client().name(),
                login.userAddress() == null ? "" : " from " + login.userAddress()));
    decision.grounds().forEach(ground -> out.println("  " + ground));
    out.println("factor: " + factor(login, decision));
    out.println("mode: " + decision.mode().word());
    out.println("has: " + standing.possessions());
    out.println("place: " + standing.place());
    next.forEach(line -> out.println("next: " + line));
  }

  private static String factor(Login login, Decision decision) {
    return decision.requirement() == Requirement.DENY
        ? Requirement.DENY.word()
        : Policy.plugin(login.user(), login.client()).orElse(decision.requirement().word());
  }

  private static ObjectNode asJson(
      Login login, Decision decision, Standing standing, List<String> next) {
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
    standing.addTo(object);
    ArrayNode what = object.putArray("next");
    next.forEach(what::add);
    return object;
  }
}
