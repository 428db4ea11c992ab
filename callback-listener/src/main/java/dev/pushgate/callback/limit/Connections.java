package dev.pushgate.callback.limit;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * The open connections: closes those that are too many, and those on which nothing happens.
 *
 * <p>Jetty's idle timeout begins anew with each octet, so a peer that trickles a handshake or
 * headers would stay for ever. Here a connection lives by its requests: without one for a while it
 * ends.
 */
public final class Connections implements SelectorManager.AcceptListener {

  private static final class Connection {
    private final String address;
    private int requests;
    private long quietSince = NanoTime.now();

    private Connection(String address) {
      this.address = address;
    }

    private synchronized void begin() {
      requests++;
    }

    private synchronized void end() {
      requests--;
      quietSince = NanoTime.now();
    }

    private synchronized boolean isQuiet(Duration duration) {
      return requests == 0 && NanoTime.since(quietSince) > duration.toNanos();
    }
  }

  private final Map<SelectableChannel, Connection> open = new ConcurrentHashMap<>();
  private final Tally tally;
  private final Duration quiet;

  public Connections(Limits limits) {
    this.tally = new Tally(limits.connections(), limits.connectionsByAddress());
    this.quiet = limits.quiet();
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    try {
      String address = Asker.of(((SocketChannel) channel).getRemoteAddress());
      if (tally.enter(address)) {
        open.put(channel, new Connection(address));
      } else {
        channel.close();
      }
    } catch (IOException e) {
      IO.close(channel);
    }
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    onClosed(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    Connection connection = open.remove(channel);
    if (connection != null) {
      tally.leave(connection.address);
    }
  }

  /** Tells that a request is being answered, which keeps its connection open until {@link #end}. */
  void begin(Request request) {
    Connection connection = open.get(channelOf(request));
    if (connection != null) {
      connection.begin();
    }
  }

  /** Tells that a request has been answered, or has failed. */
  void end(Request request) {
    Connection connection = open.get(channelOf(request));
    if (connection != null) {
      connection.end();
    }
  }

  private static Object channelOf(Request request) {
    return channelOf(request.getConnectionMetaData().getConnection().getEndPoint());
  }

  /** The socket below; over TLS an end point lies on another. */
  private static Object channelOf(EndPoint endPoint) {
    Object transport = endPoint.getTransport();
    while (transport instanceof EndPoint below) {
      transport = below.getTransport();
    }
    return transport;
  }

  /**
   * Closes those on which nothing has happened for longer than the limits allow.
   *
   * @param endPoints the open ones
   */
  public void closeQuiet(Collection<EndPoint> endPoints) {
    for (EndPoint endPoint : endPoints) {
      @Nullable Connection connection = open.get(channelOf(endPoint));
      if (connection != null && connection.isQuiet(quiet)) {
        endPoint.close(new TimeoutException("no request for " + quiet));
      }
    }
  }
}
