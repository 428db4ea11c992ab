package dev.pushgate.command;

import dev.pushgate.radius.user.Argon2id;
import dev.pushgate.radius.user.Cleartext;
import dev.pushgate.radius.user.NtHash;
import dev.pushgate.radius.user.StoredPassword;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A password that a command asks for, as the file shall keep it. */
final class NewPassword {
  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      defaultValue = "argon2id",
      description =
          "How to keep the password: argon2id; nt, which MS-CHAPv2 needs; cleartext, which CHAP"
              + " needs (default: ${DEFAULT-VALUE}).")
  private Scheme scheme = Scheme.argon2id;

  /** How the file keeps the password. */
  enum Scheme {
    argon2id,
    nt,
    cleartext
  }

  /**
   * Takes it from PUSHGATE_PASSWORD in the environment, or asks for it.
   *
   * @throws ParameterException for one that RADIUS cannot carry, or where there is none
   */
  StoredPassword ask(CommandSpec command) {
    char[] password =
        SecretInput.of(null, "PUSHGATE_PASSWORD", "New password: ", command).toCharArray();
    Optional<String> objection = Argon2id.objectionTo(password);
    if (objection.isPresent()) {
      throw new ParameterException(command.commandLine(), objection.get());
    }
    byte[] utf8 = new String(password).getBytes(StandardCharsets.UTF_8);
    return switch (scheme) {
      case argon2id -> Argon2id.hash(password, new SecureRandom());
      case nt -> NtHash.of(utf8);
      case cleartext -> Cleartext.of(utf8);
    };
  }
}
