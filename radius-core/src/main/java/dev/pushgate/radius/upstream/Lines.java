package dev.pushgate.radius.upstream;

import dev.pushgate.radius.nas.Line;
import java.io.IOException;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The lines that are open, which are closed all at once. Safe for use by many threads. */
final class Lines {
  private final Line.Opener opener;
  private final Set<Line> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Talks over a line. */
  interface Talk<T> {
    T over(Line line) throws IOException, InterruptedException;
  }

  Lines(Line.Opener opener) {
    this.opener = opener;
  }

  /** Opens a line, talks, and closes it. */
  <T> T with(UpstreamServer server, Talk<T> talk) throws IOException, InterruptedException {
    try (Line line = opener.to(server.address())) {
      open.add(line);
      try {
        if (closed) {
          throw new SocketException("the client is closed");
        }
        return talk.over(line);
      } finally {
        open.remove(line);
      }
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends every talk, and lets none begin. */
  void close() {
    closed = true;
    open.forEach(Line::close);
  }
}
