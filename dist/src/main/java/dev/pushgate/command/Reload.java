package dev.pushgate.command;

import dev.pushgate.configuration.FileWatch;
import dev.pushgate.radius.Problem;
import dev.pushgate.server.PushgateServer;
import dev.pushgate.server.Setup;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the configuration anew for a running server; a broken edit keeps the last good version. */
final class Reload implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Reload.class);

  private final Supplier<Setup.Reading> configuration;
  private final PushgateServer server;
  private volatile Optional<FileWatch> watch = Optional.empty();

  Reload(Supplier<Setup.Reading> configuration, PushgateServer server) {
    this.configuration = configuration;
    this.server = server;
  }

  /** Whom to tell which files matter, which an edit may change. */
  void watchWith(FileWatch tellFiles) {
    watch = Optional.of(tellFiles);
  }

  @Override
  public void run() {
    Setup.Reading reading = configuration.get();
    watch.ifPresent(files -> files.watch(reading.files()));
    switch (reading) {
      case Setup.Reading.Broken broken -> {
        for (Problem problem : broken.problems()) {
          log.error("not reloaded: {}", problem);
        }
        log.error(
            "the configuration has {} mistakes: the last good version stays in force",
            broken.problems().size());
      }
      case Setup.Reading.Usable usable -> {
        usable.warnings().forEach(warning -> log.warn("{}", warning));
        try {
          server.reload(usable);
        } catch (IOException e) {
          log.error("not reloaded, the last good version stays in force: {}", e.getMessage());
        }
      }
    }
  }
}
