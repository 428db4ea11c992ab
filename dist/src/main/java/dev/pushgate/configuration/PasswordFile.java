package dev.pushgate.configuration;

import dev.pushgate.push.notifier.CredentialsException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with nothing but a password in it. */
final class PasswordFile {
  private static final int LONGEST = 1024;

  private PasswordFile() {}

  /** The password: the file's text in UTF-8 without one line break at its end. */
  static char[] read(Path file) throws CredentialsException {
    try {
      if (Files.size(file) > LONGEST) {
        throw new CredentialsException(
            file + " is too long for a password", "Put nothing but the password into it");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.replaceFirst("\\r?\\n$", "").toCharArray();
    } catch (CharacterCodingException e) {
      throw new CredentialsException(file + " is not text in UTF-8", "Save it as UTF-8");
    } catch (IOException e) {
      throw new CredentialsException(file + " cannot be read", "Look whether the disk is in order");
    }
  }
}
