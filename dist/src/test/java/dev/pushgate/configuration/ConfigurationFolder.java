package dev.pushgate.configuration;

import dev.pushgate.push.standin.StandInAuthority;
import dev.pushgate.push.standin.StandInGoogle;
import dev.pushgate.radius.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A configuration folder in a test, whose files only the owner can read. */
record ConfigurationFolder(Path path) {
  static final String SECRET = "not-to-be-shown-anywhere";

  /** One line that makes a configuration whole where the text before it has no client. */
  static final String CLIENT =
      "clients.hq { address = \"192.0.2.1\", secret = \"" + SECRET + "\" }\n";

  /** The same for the address of phones, which has no warning either. */
  static final String PUSH =
      """
      push.server-name = vpn.example.com
      callback { allow-access = [ lo ], certificate = tls.crt, key = tls.key }
      """;

  static final String GOOD = PUSH + CLIENT;

  ConfigurationFolder with(String name, String text) {
    return with(name, text.getBytes(StandardCharsets.UTF_8));
  }

  ConfigurationFolder with(String name, byte[] octets) {
    try {
      Path file = Files.write(path.resolve(name), octets);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the certificate and the key that {@link #PUSH} names. */
  ConfigurationFolder withTls() {
    return with("tls.crt", "a certificate").with("tls.key", "a key");
  }

  /** With the files for push services that the example and the page name. */
  ConfigurationFolder withPushCredentials() throws IOException {
    StandInAuthority authority = new StandInAuthority();
    try (StandInGoogle google = new StandInGoogle(authority)) {
      return with("AuthKey_ABC123DEFG.p8", authority.identity("key").keyPem())
          .with("firebase.json", google.serviceAccount().toString())
          .with("company-ca.pem", authority.pem());
    }
  }

  ConfigurationFile.Result load(Map<String, String> environment, String... knownFactors) {
    return ConfigurationFile.load(path, environment, Set.of(knownFactors), InstantSource.system());
  }

  Configuration loaded() {
    return loaded(Map.of());
  }

  Configuration loaded(Map<String, String> environment, String... knownFactors) {
    ConfigurationFile.Result result = load(environment, knownFactors);
    if (result instanceof ConfigurationFile.Result.Loaded loaded) {
      return loaded.configuration();
    }
    throw new AssertionError(problems(result).toString());
  }

  /** The problems as an administrator reads them, with FOLDER for the path of the folder. */
  List<String> problems(ConfigurationFile.Result result) {
    return switch (result) {
      case ConfigurationFile.Result.Loaded loaded -> List.of();
      case ConfigurationFile.Result.Broken broken -> texts(broken.problems());
    };
  }

  List<String> warnings(ConfigurationFile.Result result) {
    return texts(result.warnings());
  }

  private List<String> texts(List<Problem> problems) {
    return problems.stream()
        .map(Problem::toString)
        .map(text -> text.replace(path.toString(), "FOLDER"))
        .toList();
  }
}
