package dev.pushgate.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.audit.AuditFile;
import dev.pushgate.radius.NearestName;
import dev.pushgate.radius.audit.AuditRecord;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.client.MessageAuthenticatorRule;
import dev.pushgate.radius.client.RatchetMemory.Turned;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code pushgate clients}: shows the NASes and which of them must sign their requests, and forgets
 * that one must.
 */
@Command(
    name = "clients",
    mixinStandardHelpOptions = true,
    description = "Shows the clients, and which of their addresses must sign their requests.",
    synopsisSubcommandLabel = "[forget-ratchet]")
public final class ClientsCommand implements Callable<Integer> {

  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err());
    if (setup.isEmpty()) {
      return 1;
    }
    Map<String, List<Turned>> signing;
    try (State state = open(setup.get())) {
      signing = signingByClient(state, setup.get());
    }
    Collection<Client> clients = setup.get().configuration().clients().values();
    if (json) {
      out().println(asJson(clients, signing));
      return 0;
    }
    out().println(line("CLIENT", "ADDRESSES", "KIND", "MESSAGE-AUTHENTICATOR", "ANSWER WITHIN"));
    for (Client client : clients) {
      out()
          .println(
              line(
                  client.name(),
                  client.addresses().stream()
                      .map(Object::toString)
                      .collect(Collectors.joining(", ")),
                  client.kind().word(),
                  client.messageAuthenticator().word(),
                  client.answerWithin().toSeconds() + "s"));
      for (Turned turned : signing.getOrDefault(client.name(), List.of())) {
        out()
            .println(
                "  %s signs since %s"
                    .formatted(IpLiteral.text(turned.address()), time(turned.since())));
      }
    }
    return 0;
  }

  @Command(
      name = "forget-ratchet",
      mixinStandardHelpOptions = true,
      description = {
        "Forgets that a client, or one of its addresses, signs its requests.",
        "Under message-authenticator = auto, unsigned ones are taken again until it signs one."
      })
  int forgetRatchet(
      @Mixin ConfigurationOption ofThis,
      @Parameters(paramLabel = "NAME", description = "The client, as 'clients' shows it.")
          String name,
      @Parameters(
              paramLabel = "ADDRESS",
              arity = "0..1",
              description = "Only of this address; all of the client's where it is left out.")
          @Nullable String address)
      throws IOException, InterruptedException {
    CommandSpec parent = Objects.requireNonNull(spec);
    if (!parent.commandLine().getParseResult().matchedOptions().isEmpty()) {
      throw new ParameterException(parent.commandLine(), "options go behind 'forget-ratchet'");
    }
    InetAddress only = address == null ? null : address(address, parent);
    Optional<Setup.Reading.Usable> setup = ofThis.readOrTell(err());
    if (setup.isEmpty()) {
      return 1;
    }
    Map<String, Client> clients = setup.get().configuration().clients();
    Client client = clients.get(name);
    if (client == null) {
      err()
          .println(
              "pushgate: there is no client %s%s; 'pushgate clients' shows them"
                  .formatted(
                      UntrustedText.shown(name),
                      NearestName.to(name, clients.keySet())
                          .map(near -> " (" + near + "?)")
                          .orElse("")));
      return 1;
    }
    if (only != null && !isOf(client, only, clients.values())) {
      err()
          .println(
              "pushgate: %s is not an address of client %s; 'pushgate clients' shows them"
                  .formatted(IpLiteral.text(only), name));
      return 1;
    }
    List<Turned> forgotten;
    try (State state = open(setup.get())) {
      forgotten = forget(state, client, signingByClient(state, setup.get()).get(name), only);
    }
    if (forgotten.isEmpty()) {
      err()
          .println(
              "pushgate: there is nothing to forget, %s has not signed a request"
                  .formatted(only == null ? "client " + name : IpLiteral.text(only)));
      return 1;
    }
    for (Turned turned : forgotten) {
      out().println("forgotten: " + IpLiteral.text(turned.address()) + " signs its requests");
    }
    if (client.messageAuthenticator() == MessageAuthenticatorRule.REQUIRED) {
      out()
          .println(
              "unsigned ones are discarded all the same: clients.%s.message-authenticator = required"
                  .formatted(name));
    }
    return 0;
  }

  private static List<Turned> forget(
      State state, Client client, @Nullable List<Turned> signing, @Nullable InetAddress only)
      throws IOException, InterruptedException {
    List<Turned> forgotten = new ArrayList<>();
    InstantSource clock = InstantSource.system();
    try (AuditFile audit = AuditFile.open(state.folder().resolve(AuditFile.NAME), clock)) {
      for (Turned turned : signing == null ? List.<Turned>of() : signing) {
        if (only == null || only.equals(turned.address())) {
          // On record before it is done: from then on forged answers are possible again.
          audit.record(
              new AuditRecord.RatchetForgotten(
                  clock.instant(),
                  client.name(),
                  IpLiteral.text(turned.address()),
                  turned.since()));
          if (state.ratchets().forget(turned.address())) {
            forgotten.add(turned);
          }
        }
      }
    }
    return forgotten;
  }

  /** An address belongs to the client that it would be served as now, whoever had it before. */
  private static Map<String, List<Turned>> signingByClient(State state, Setup.Reading.Usable setup)
      throws InterruptedException {
    Clients clients = new Clients(List.copyOf(setup.configuration().clients().values()));
    return state.ratchets().all().stream()
        .filter(turned -> clients.find(turned.address()).isPresent())
        .collect(
            Collectors.groupingBy(turned -> clients.find(turned.address()).orElseThrow().name()));
  }

  private static boolean isOf(Client client, InetAddress address, Collection<Client> clients) {
    return new Clients(List.copyOf(clients))
        .find(address)
        .map(Client::name)
        .equals(Optional.of(client.name()));
  }

  private static InetAddress address(String text, CommandSpec command) {
    return IpLiteral.parse(text)
        .orElseThrow(
            () ->
                new ParameterException(
                    command.commandLine(),
                    "'" + UntrustedText.shown(text) + "' is not an IP address"));
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  private static State open(Setup.Reading.Usable setup) throws IOException, InterruptedException {
    return State.open(setup.configuration(), InstantSource.system(), new SecureRandom());
  }

  private static String line(
      String client, String addresses, String kind, String rule, String answerWithin) {
    return String.format(
        Locale.ROOT, "%-20s %-32s %-12s %-22s %s", client, addresses, kind, rule, answerWithin);
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String asJson(Collection<Client> clients, Map<String, List<Turned>> signing) {
    ArrayNode array = new ObjectMapper().createArrayNode();
    for (Client client : clients) {
      ObjectNode object = array.addObject().put("client", client.name());
      ArrayNode addresses = object.putArray("addresses");
      client.addresses().forEach(network -> addresses.add(network.toString()));
      object
          .put("kind", client.kind().word())
          .put("messageAuthenticator", client.messageAuthenticator().word())
          .put("answerWithinSeconds", client.answerWithin().toSeconds());
      ArrayNode turned = object.putArray("signing");
      for (Turned each : signing.getOrDefault(client.name(), List.of())) {
        turned
            .addObject()
            .put("address", IpLiteral.text(each.address()))
            .put("since", time(each.since()));
      }
    }
    return array.toPrettyString();
  }
}
