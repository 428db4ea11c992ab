package dev.pushgate.configuration;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Serves the include statements of one file: files only, relative to the including file.
 *
 * <p>HOCON itself passes over an included file that is not there, looks for it on the class path
 * and fetches URLs; a server whose clients have gone missing that way would be hard to mend.
 */
final class FileIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

  private final HoconReader reader;
  private final Path including;
  private final List<String> lines;

  FileIncluder(HoconReader reader, Path including, String text) {
    this.reader = reader;
    this.including = including;
    this.lines = text.lines().toList();
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String name) {
    Place statement = statement(name);
    try {
      Path file = including.resolveSibling(name).normalize();
      Path withEnding = including.resolveSibling(name + ".conf").normalize();
      boolean endingLeftOut = !Files.exists(file) && Files.exists(withEnding);
      return reader.include(endingLeftOut ? withEnding : file, statement);
    } catch (InvalidPathException e) {
      return reader.refuse(name, statement);
    }
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File file) {
    return include(context, file.getPath());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL url) {
    return reader.refuse(url.toString(), statement(url.toString()));
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String resource) {
    return reader.refuse(resource, statement(resource));
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  // The library does not say where the statement stands.
  private Place statement(String name) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.startsWith("#") && line.contains("include") && line.contains(name)) {
        return new Place(reader.name(including), i + 1);
      }
    }
    return new Place(reader.name(including), 0);
  }
}
