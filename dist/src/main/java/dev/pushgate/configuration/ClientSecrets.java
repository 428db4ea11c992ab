package dev.pushgate.configuration;

import dev.pushgate.radius.packet.SharedSecret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the secrets that are shared with clients and other RADIUS servers, from the configuration
 * itself or from files.
 */
final class ClientSecrets {
  private static final int SHORT = 16;
  private static final int LONGEST_FILE = 1024;

  private final Path folder;
  private final Set<Path> files;
  private final String what;
  private final String other;
  private final Set<Path> configurationFiles = new HashSet<>();

  /**
   * @param files collects the files that are named
   * @param what a section stands for, such as {@code client}
   * @param other who has the same secret
   */
  ClientSecrets(Path folder, Set<Path> files, String what, String other) {
    this.folder = folder;
    this.files = files;
    this.what = what;
    this.other = other;
  }

  /** The secret of a section, or null where it has none that can be used (reported). */
  @Nullable SharedSecret of(Section client) {
    Setting secret = client.setting("secret");
    Setting file = client.setting("secret-file");
    if (secret == null && client.has("secret")) {
      return null;
    }
    if (secret == null && file == null) {
      if (!client.has("secret-file")) {
        client.missing(
            "secret",
            "the " + what + " has no secret",
            "Set secret-file to a file that holds it, or set secret");
      }
      return null;
    }
    // A variable that is set but empty is how container tools hand on one that is not set.
    boolean leftEmpty = file != null && secret != null && isEmptyVariable(secret);
    if (secret == null || leftEmpty) {
      return file == null ? null : fromFile(file);
    }
    if (file != null) {
      file.warning("secret is set too, so the file is not used", "Remove one of the two");
    }
    return fromText(secret);
  }

  private static boolean isEmptyVariable(Setting secret) {
    return secret.isFromEnvironment() && "".equals(secret.text());
  }

  private @Nullable SharedSecret fromText(Setting setting) {
    String text = setting.text();
    if (text == null) {
      return null;
    }
    Path writtenIn = folder.resolve(setting.place().file());
    if (!setting.isFromEnvironment() && configurationFiles.add(writtenIn)) {
      GivenFile.warnIfOpen(setting, writtenIn);
    }
    return checked(setting, text.getBytes(StandardCharsets.UTF_8), "the secret is empty");
  }

  private @Nullable SharedSecret fromFile(Setting setting) {
    Path file = GivenFile.path(setting, folder);
    if (file == null) {
      return null;
    }
    files.add(file);
    if (!GivenFile.isReadable(setting, file)) {
      return null;
    }
    byte[] octets;
    try (InputStream in = Files.newInputStream(file)) {
      octets = in.readNBytes(LONGEST_FILE + 1);
    } catch (IOException e) {
      setting.problem(file + " cannot be read", "Look whether the disk is in order");
      return null;
    }
    GivenFile.warnIfOpen(setting, file);
    return octets.length > LONGEST_FILE
        ? tooLong(setting, file)
        : checked(setting, withoutLineBreak(octets), file + " is empty");
  }

  private static @Nullable SharedSecret tooLong(Setting setting, Path file) {
    setting.problem(
        file + " has more than " + LONGEST_FILE + " octets",
        "Name a file that holds the secret and nothing else");
    return null;
  }

  private static byte[] withoutLineBreak(byte[] octets) {
    int end = octets.length;
    if (end > 0 && octets[end - 1] == '\n') {
      end--;
      if (end > 0 && octets[end - 1] == '\r') {
        end--;
      }
    }
    return Arrays.copyOf(octets, end);
  }

  private @Nullable SharedSecret checked(Setting setting, byte[] octets, String whenEmpty) {
    if (octets.length == 0) {
      setting.problem(
          whenEmpty, "Give a random secret of 16 octets or more, the same as on the " + other);
      return null;
    }
    for (byte octet : octets) {
      if (octet == '\n' || octet == '\r' || octet == 0) {
        setting.problem("the secret has more than one line or a NUL", "Write it on one line");
        return null;
      }
    }
    if (octets.length < SHORT) {
      setting.warning(
          "the secret has " + octets.length + " octets, few enough to be guessed from one packet",
          "Give 16 or more, the same as on the " + other);
    }
    return new SharedSecret(octets);
  }
}
