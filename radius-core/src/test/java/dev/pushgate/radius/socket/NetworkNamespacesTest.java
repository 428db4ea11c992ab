package dev.pushgate.radius.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.radius.client.IpLiteral;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * A gate on a host with two networks, and a NAS in each, in namespaces of their own. Both links
 * have the same link-local addresses.
 */
@Timeout(240)
@TestInstance(Lifecycle.PER_CLASS)
class NetworkNamespacesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String host = "pushgate-host-" + ProcessHandle.current().pid();
  private final String one = "pushgate-one-" + ProcessHandle.current().pid();
  private final String two = "pushgate-two-" + ProcessHandle.current().pid();
  private @Nullable Program gate;
  private @Nullable Program nasOne;
  private @Nullable Program nasTwo;

  /** A Java program in a namespace, which is told what to do by lines. */
  private static final class Program implements AutoCloseable {
    private final Process process;
    private final Writer in;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Program(String namespace, Class<?> main) throws IOException {
      process =
          new ProcessBuilder(
                  "ip",
                  "netns",
                  "exec",
                  namespace,
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  main.getName())
              .redirectErrorStream(true)
              .start();
      in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
      var _ = Thread.ofVirtual().start(this::read);
      awaitLine("ready");
    }

    private void read() {
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        reader.lines().forEach(lines::add);
      } catch (IOException | UncheckedIOException e) {
        lines.add("ended: " + e);
      }
    }

    void tell(String line) throws IOException {
      in.write(line + "\n");
      in.flush();
    }

    /** Tells a line, and waits for the one that answers it. */
    String ask(String line) throws IOException {
      int before = lines.size();
      tell(line);
      await().atMost(PATIENCE).until(() -> lines.size() > before);
      return lines.get(before);
    }

    void awaitLine(String part) {
      await("'" + part + "' among " + lines)
          .atMost(PATIENCE)
          .until(() -> lines.stream().anyMatch(line -> line.contains(part)));
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  @BeforeAll
  void makeNetworks() throws Exception {
    requireNamespaces();
    for (String namespace : List.of(one, two)) {
      run("ip netns add " + namespace);
    }
    for (String namespace : List.of(host, one, two)) {
      run("ip -n " + namespace + " link set lo up");
    }
    link("one", one, "198.51.100", "2001:db8:1:");
    link("two", two, "203.0.113", "2001:db8:2:");
    run("ip -n " + host + " addr add 198.51.100.9/24 dev one label one:9");
    gate = new Program(host, GateInNamespace.class);
    nasOne = new Program(one, NasInNamespace.class);
    nasTwo = new Program(two, NasInNamespace.class);
  }

  /** A cable between the host and a NAS, with addresses of its own but for the link-local ones. */
  private void link(String device, String nas, String four, String six) throws Exception {
    run("ip link add %s netns %s type veth peer name nas netns %s".formatted(device, host, nas));
    configure(host, device, four + ".1", six + ":1", "fe80::1");
    configure(nas, "nas", four + ".2", six + ":2", "fe80::2");
    run("ip -n %s route add default via %s.1".formatted(nas, four));
    run("ip -n %s -6 route add default via %s:1".formatted(nas, six));
  }

  private static void configure(
      String namespace, String device, String four, String six, String linkLocal) throws Exception {
    run("ip -n %s addr add %s/24 dev %s".formatted(namespace, four, device));
    run("ip -n %s link set %s up".formatted(namespace, device));
    run("ip -n %s addr add %s/64 dev %s nodad".formatted(namespace, six, device));
    run("ip -n %s addr add %s/64 dev %s nodad".formatted(namespace, linkLocal, device));
  }

  /** Skips where it cannot be tried; with {@code -Dpushgate.require=all} root must have it. */
  private void requireNamespaces() throws Exception {
    boolean root =
        System.getProperty("os.name").equals("Linux")
            && Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    Assumptions.assumeTrue(root, "only root on Linux can make network namespaces");
    Optional<String> problem = problemOf("ip netns add " + host);
    if (problem.isPresent() && "all".equals(System.getProperty("pushgate.require"))) {
      Assertions.fail("no network namespaces, and -Dpushgate.require=all forbids to skip");
    }
    Assumptions.assumeTrue(problem.isEmpty(), "no network namespaces: " + problem);
  }

  @AfterAll
  void removeNetworks() throws Exception {
    Stream.of(Optional.ofNullable(nasOne), Optional.ofNullable(nasTwo), Optional.ofNullable(gate))
        .flatMap(Optional::stream)
        .forEach(Program::close);
    for (String namespace : List.of(host, one, two)) {
      var _ = problemOf("ip netns del " + namespace);
    }
  }

  private static void run(String command) throws Exception {
    assertThat(problemOf(command)).as(command).isEmpty();
  }

  private static Optional<String> problemOf(String command) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder(command.split(" ", -1)).redirectErrorStream(true).start();
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.empty() : Optional.of(said);
  }

  private Program gate() {
    return Objects.requireNonNull(gate);
  }

  private Program nasOne() {
    return Objects.requireNonNull(nasOne);
  }

  private Program nasTwo() {
    return Objects.requireNonNull(nasTwo);
  }

  private static void assertServed(Program nas, String address) throws Exception {
    String answer = nas.ask("alice " + address + " 15000");
    assertThat(answer).as("asked %s", address).startsWith("2 from ");
    String from = answer.substring("2 from ".length()).replaceAll("%.*", "");
    assertThat(InetAddress.ofLiteral(from))
        .isEqualTo(IpLiteral.parse(address.replaceAll("%.*", "")).orElseThrow());
  }

  private static boolean isServed(Program nas, String address) throws IOException {
    return nas.ask("alice " + address + " 200").startsWith("2 from ");
  }

  @Test
  void answers_comeFromTheAddressThatWasAsked_onBothNetworks() throws Exception {
    List<String> everywhere =
        List.of(
            "198.51.100.1",
            "198.51.100.9",
            "203.0.113.1",
            "2001:db8:1::1",
            "2001:db8:2::1",
            "fe80::1%nas");
    for (String address : everywhere) {
      assertServed(nasOne(), address);
      assertServed(nasTwo(), address);
    }
  }

  @Test
  void address_thatComes_isServedWithin5Seconds() throws Exception {
    List<String> added = new ArrayList<>();
    for (String address : List.of("198.51.100.77/24", "2001:db8:1::77/64")) {
      run("ip -n " + host + " addr add " + address + " dev one nodad");
      added.add(address.replaceAll("/.*", ""));
    }
    for (String address : added) {
      await(address).atMost(Duration.ofSeconds(5)).until(() -> isServed(nasOne(), address));
      assertServed(nasTwo(), address);
    }
  }

  @Test
  void address_thatGoesWhileALoginWaits_isLetGo_andItsAnswerWaitsForIt() throws Exception {
    run("ip -n " + host + " addr add 198.51.100.88/24 dev one");
    await().atMost(Duration.ofSeconds(5)).until(() -> isServed(nasOne(), "198.51.100.88"));
    assertThat(nasOne().ask("slow 198.51.100.88 500")).isEqualTo("silence");

    run("ip -n " + host + " addr del 198.51.100.88/24 dev one");
    gate().awaitLine("no longer listening on UDP /198.51.100.88:1812");
    gate().tell("release");
    gate().awaitLine("the address that it asked is gone");
    assertServed(nasTwo(), "198.51.100.1");

    run("ip -n " + host + " addr add 198.51.100.88/24 dev one");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> nasOne().ask("again").equals("2 from 198.51.100.88"));
    assertThat(gate().lines)
        .filteredOn(line -> line.contains("is gone") && line.contains("sending"))
        .hasSize(1);
    assertThat(gate().lines).noneMatch(line -> line.contains("Exception"));
  }

  @Test
  void interface_thatGoesAndComesBack_isServedAgain_alsoOnItsLinkLocalAddress() throws Exception {
    run("ip -n " + host + " link del two");
    gate().awaitLine("no longer listening on UDP /203.0.113.1:1812");
    assertServed(nasOne(), "fe80::1%nas");

    link("two", two, "203.0.113", "2001:db8:2:");
    for (String address : List.of("203.0.113.1", "2001:db8:2::1", "fe80::1%nas")) {
      await(address).atMost(Duration.ofSeconds(5)).until(() -> isServed(nasTwo(), address));
    }
    assertServed(nasOne(), "fe80::1%nas");
    assertThat(gate().lines).noneMatch(line -> line.contains("receiving on UDP"));
  }
}
