package dev.pushgate.bench;

import dev.pushgate.demo.FreePort;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts FreeRADIUS for a benchmark, in its best form: a configuration of its own with the modules
 * {@code files} and {@code pap} and nothing else, no logging of logins.
 */
public final class FreeRadiusUnderTest {
  private static final List<String> NAMES = List.of("freeradius", "radiusd");
  private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");
  private static final List<String> MODULE_FOLDERS =
      List.of(
          "/usr/lib/freeradius",
          "/usr/lib64/freeradius",
          "/usr/local/lib",
          "/usr/local/lib/freeradius");

  private static final Pattern VERSION = Pattern.compile("FreeRADIUS Version ([0-9.]+)");

  private FreeRadiusUnderTest() {}

  /** Where FreeRADIUS's server is installed. */
  public static Optional<Path> find() {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
            SYSTEM_FOLDERS.stream())
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Writes its configuration and starts it.
   *
   * @param program FreeRADIUS's server
   * @param folder its own, there and empty
   */
  static MeasuredServer start(Path program, Path folder, Cast cast) throws IOException {
    int port = FreePort.udp(0);
    Files.writeString(
        folder.resolve("radiusd.conf"),
        """
        prefix = /usr
        libdir = %s
        localstatedir = "%s"
        logdir = "%s"
        run_dir = "%s"
        name = bench
        hostname_lookups = no
        proxy_requests = no
        max_request_time = 30
        cleanup_delay = 5
        max_requests = 65536
        log {
          destination = stdout
          auth = no
        }
        security {
          max_attributes = 200
          reject_delay = 1
          status_server = no
        }
        thread pool {
          start_servers = 2
          max_servers = 2
          min_spare_servers = 1
          max_spare_servers = 2
          max_requests_per_server = 0
          auto_limit_acct = no
        }
        client bench {
          ipaddr = 127.0.0.1
          secret = %s
          require_message_authenticator = yes
        }
        modules {
          files {
            filename = "%s"
          }
          pap {
            normalise = no
          }
        }
        server bench {
          listen {
            type = auth
            ipaddr = 127.0.0.1
            port = %d
          }
          authorize {
            files
            pap
          }
          authenticate {
            Auth-Type PAP {
              pap
            }
          }
        }
        """
            .formatted(
                modules(), folder, folder, folder, cast.secret(), folder.resolve("users"), port));
    // Below 3.2.5 it signs a reply only where it is told to.
    Files.writeString(
        folder.resolve("users"),
        cast.people().stream()
            .map(
                person ->
                    "%s Cleartext-Password := \"%s\"\n\tMessage-Authenticator := 0x00\n"
                        .formatted(person.name(), person.password()))
            .collect(Collectors.joining()));
    return new MeasuredServer(
        "FreeRADIUS " + version(program),
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
        MeasuredProcess.start(
            List.of(program.toString(), "-f", "-d", folder.toString()), folder.resolve("log")));
  }

  private static String modules() throws IOException {
    return MODULE_FOLDERS.stream()
        .filter(folder -> Files.exists(Path.of(folder, "rlm_files.so")))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "FreeRADIUS's module rlm_files.so is in none of " + MODULE_FOLDERS));
  }

  private static String version(Path program) throws IOException {
    Process process =
        new ProcessBuilder(program.toString(), "-v").redirectErrorStream(true).start();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      Matcher version = VERSION.matcher(said.lines().collect(Collectors.joining("\n")));
      return version.find() ? version.group(1) : "of unknown version";
    }
  }
}
