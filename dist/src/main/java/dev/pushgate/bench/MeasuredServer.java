package dev.pushgate.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A RADIUS server that knows the {@link Cast} and runs in a process of its own.
 *
 * @param name with its version, as the report calls it
 * @param address where it listens
 */
record MeasuredServer(String name, InetSocketAddress address, MeasuredProcess process)
    implements AutoCloseable {

  Duration cpuTime() {
    return process.cpuTime();
  }

  /** Why it does not answer, as far as it can be told. */
  IOException failure(String what) throws IOException {
    return new IOException(
        "%s %s; it %s. Its last words:%n%s"
            .formatted(
                name, what, process.isAlive() ? "still runs" : "has ended", process.lastWords()));
  }

  @Override
  public void close() {
    process.close();
  }
}
