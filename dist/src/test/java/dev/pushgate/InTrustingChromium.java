package dev.pushgate;

import dev.pushgate.push.standin.StandInAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one Chromium of the run that trusts an authority of the tests' own, and refuses
 * other certificates as it does for everybody.
 *
 * <p>Where a program is not installed the tests are skipped, see {@link ForeignProgram#require}.
 */
final class InTrustingChromium implements BeforeAllCallback, ParameterResolver {

  /** The browser, and by whose certificates it believes a server. */
  record Trusting(Chromium chromium, DevTools devTools, StandInAuthority authority, Path folder)
      implements AutoCloseable {

    static Trusting now(Path program, Path driver, Path certutil) {
      try {
        Path folder = Files.createTempDirectory("pushgate-chromium");
        StandInAuthority authority = new StandInAuthority();
        trust(certutil, folder, authority);
        Chromium chromium =
            Chromium.startCareful(
                program, driver, Files.createDirectory(folder.resolve("profile")), folder);
        return new Trusting(chromium, chromium.devTools(), authority, folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private static void trust(Path certutil, Path home, StandInAuthority authority)
        throws IOException, InterruptedException {
      Path database = Files.createDirectories(home.resolve(".pki/nssdb"));
      Path certificate = Files.writeString(home.resolve("authority.pem"), authority.pem());
      String at = "sql:" + database;
      run(certutil.toString(), "-d", at, "-N", "--empty-password");
      run(
          certutil.toString(),
          "-d",
          at,
          "-A",
          "-t",
          "C,,",
          "-n",
          "authority of the tests",
          "-i",
          certificate.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said);
      }
    }

    @Override
    public void close() throws IOException {
      devTools.close();
      chromium.close();
      InChromium.delete(folder);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Path program = ForeignProgram.require("chromium");
    Path driver = ForeignProgram.require("chromedriver");
    Path certutil = ForeignProgram.require("certutil");
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .getOrComputeIfAbsent(
            Trusting.class, _ -> Trusting.now(program, driver, certutil), Trusting.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Trusting.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .get(Trusting.class, Trusting.class);
  }
}
