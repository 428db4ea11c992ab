package dev.pushgate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link Chromium} of the run: a start costs more than a test.
 *
 * <p>Where it is not installed the tests are skipped, see {@link ForeignProgram#require}.
 */
final class InChromium implements BeforeAllCallback, ParameterResolver {

  /** The browser with the folder that it leaves behind. */
  private record Started(Chromium chromium, Path profile) implements AutoCloseable {
    static Started now(Path program, Path driver) {
      try {
        Path profile = Files.createTempDirectory("pushgate-chromium");
        return new Started(Chromium.start(program, driver, profile), profile);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      chromium.close();
      delete(profile);
    }
  }

  /** Removes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> left = Files.walk(folder)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Path program = ForeignProgram.require("chromium");
    Path driver = ForeignProgram.require("chromedriver");
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .getOrComputeIfAbsent(Started.class, _ -> Started.now(program, driver), Started.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Chromium.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .get(Started.class, Started.class)
        .chromium();
  }
}
