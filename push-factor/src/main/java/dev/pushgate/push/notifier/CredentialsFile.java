package dev.pushgate.push.notifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The octets of a file that an administrator named, if it can be what it should. */
public final class CredentialsFile {
  /** Keys, certificates and account files have a few thousand octets at most. */
  private static final int MOST_OCTETS = 65_536;

  private CredentialsFile() {}

  /**
   * @param wanted what the file should be, for an administrator
   * @return at least one octet, and at most 64 KiB
   * @throws CredentialsException when there is no such file, or it cannot be read, is empty or too
   *     large
   */
  public static byte[] read(Path file, String wanted) throws CredentialsException {
    if (!Files.exists(file)) {
      throw new CredentialsException(
          "there is no file " + file, "Put " + wanted + " there, or name the file that you mean");
    }
    if (!Files.isRegularFile(file)) {
      throw new CredentialsException(file + " is not a file", "Name " + wanted);
    }
    byte[] octets;
    try (InputStream in = Files.newInputStream(file)) {
      octets = in.readNBytes(MOST_OCTETS + 1);
    } catch (IOException e) {
      throw new CredentialsException(
          file + " cannot be read",
          "Let user " + System.getProperty("user.name") + " read it (chown, chmod)");
    }
    if (octets.length == 0) {
      throw new CredentialsException(file + " is empty", "Put " + wanted + " there");
    }
    if (octets.length > MOST_OCTETS) {
      throw new CredentialsException(file + " is too large", "Name " + wanted);
    }
    return octets;
  }
}
