package dev.pushgate.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a HOCON file and the files that it includes, without resolving its substitutions. */
final class HoconReader {
  private final Path folder;
  private final Report report;
  private final Set<Path> files = new LinkedHashSet<>();
  private final Deque<Path> open = new ArrayDeque<>();
  private boolean unreadable;

  /**
   * @param folder what file names in messages are relative to; absolute
   */
  HoconReader(Path folder, Report report) {
    this.folder = folder;
    this.report = report;
  }

  /** Every file that was read or looked for. */
  Set<Path> files() {
    return files;
  }

  /** What stands in the file, or null where it or an included file could not be read. */
  @Nullable ConfigObject read(Path file) {
    files.add(file);
    String text;
    try {
      text = decode(file, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      report.problem(
          new Place(file.toString(), 0),
          null,
          "there is no such file",
          "Write it (pushgate.conf.example shows how), or name another folder by --config DIR");
      return null;
    } catch (IOException e) {
      report.problem(new Place(file.toString(), 0), null, whyUnreadable(e), remedy(file, e));
      return null;
    }
    ConfigObject written = parse(file, text);
    return unreadable ? null : written;
  }

  /** What an included file holds; nothing where it cannot be read, which has been reported. */
  ConfigObject include(Path file, Place statement) {
    if (open.contains(file)) {
      report.problem(
          statement, "include", name(file) + " includes itself", "Remove one of the includes");
      return nothing();
    }
    files.add(file);
    try {
      return parse(file, decode(file, Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      report.problem(
          statement,
          "include",
          "there is no file " + file,
          "Write it, or remove the include statement");
    } catch (IOException e) {
      report.problem(statement, "include", file + ": " + whyUnreadable(e), remedy(file, e));
    }
    return nothing();
  }

  /** Nothing, because what is to be included is no file; reported. */
  ConfigObject refuse(String name, Place statement) {
    report.problem(
        statement,
        "include",
        Words.quoted(name) + " is not a file",
        "Include a file, by its path from the including file");
    return nothing();
  }

  private ConfigObject parse(Path file, String text) {
    open.push(file);
    try {
      Config parsed =
          ConfigFactory.parseString(
              text,
              ConfigParseOptions.defaults()
                  .setSyntax(ConfigSyntax.CONF)
                  .setOriginDescription(name(file))
                  .setIncluder(new FileIncluder(this, file, text)));
      return parsed.root();
    } catch (ConfigException e) {
      unreadable = true;
      HoconError.tell(e, report, new Place(name(file), 0));
      return nothing();
    } finally {
      open.pop();
    }
  }

  private String decode(Path file, byte[] octets) {
    ByteBuffer in = ByteBuffer.wrap(octets);
    CharBuffer out = CharBuffer.allocate(octets.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      unreadable = true;
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += octets[i] == '\n' ? 1 : 0;
      }
      report.problem(
          new Place(name(file), line),
          null,
          "there is a letter that is not UTF-8",
          "Save the file in the encoding UTF-8");
      return "";
    }
    return out.flip().toString();
  }

  /** The file as messages call it. */
  String name(Path file) {
    return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
  }

  private static String whyUnreadable(IOException e) {
    return e instanceof AccessDeniedException ? "the file may not be read" : "it is not a file";
  }

  private static String remedy(Path file, IOException e) {
    return e instanceof AccessDeniedException
        ? "Let user " + System.getProperty("user.name") + " read it (chown, chmod)"
        : "Put a file at " + file;
  }

  private static ConfigObject nothing() {
    return ConfigFactory.empty().root();
  }
}
