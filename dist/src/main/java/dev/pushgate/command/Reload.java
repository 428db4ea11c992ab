package dev.pushgate.command;

import dev.pushgate.configuration.FileWatch;
import dev.pushgate.radius.Problem;
import dev.pushgate.server.PushgateServer;
import dev.pushgate.server.Setup;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the configuration anew for a running server; a broken edit keeps the last good version. */
final class Reload implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Reload.class);

  private final Supplier<Setup.Reading> configuration;
  private volatile @Nullable PushgateServer server;
  private volatile @Nullable FileWatch watch;

  Reload(Supplier<Setup.Reading> configuration) {
    this.configuration = configuration;
  }

  /** Whom to reload, and whom to tell which files matter, which an edit may change. */
  void into(PushgateServer running, FileWatch watching) {
    server = running;
    watch = watching;
  }

  @Override
  public void run() {
    PushgateServer running = server;
    FileWatch watching = watch;
    if (running == null || watching == null) {
      return; // still starting, and so reading the files anyway
    }
    Setup.Reading reading = configuration.get();
    boolean ofOnePiece = watching.isStill();
    watching.watch(reading.files());
    if (!ofOnePiece) {
      log.info(
          "the files changed while they were read, and are read again once they stay the same");
      return;
    }
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
        usable.notes().forEach(note -> log.info("{}", note));
        try {
          running.reload(usable);
        } catch (IOException e) {
          log.error("not reloaded, the last good version stays in force: {}", e.getMessage());
        }
      }
    }
  }
}
