package dev.pushgate.radius.socket;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket for each address that is listened on, each with a thread of its own.
 *
 * <p>Behind a wildcard stands a socket for each local address, because an answer must leave from
 * the address that was asked: strongSwan and pam_radius drop others. Addresses that come and go are
 * followed by {@link #refresh}.
 */
public final class UdpSockets implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UdpSockets.class);

  /** Room for a burst while the receiver has no turn: about 10,000 requests of usual size. */
  private static final int RECEIVE_BUFFER = 4 << 20;

  private final Collection<InetSocketAddress> listen;
  private final Consumer<DatagramSocket> receiver;
  private final int receiveBuffer;
  private final Map<Endpoint, DatagramSocket> sockets = new ConcurrentHashMap<>();

  /**
   * Binds nothing yet.
   *
   * @param listen addresses and ports, wildcards among them
   * @param receiver reads from a socket until it is closed; gets a thread for each
   */
  public UdpSockets(Collection<InetSocketAddress> listen, Consumer<DatagramSocket> receiver) {
    this(listen, receiver, RECEIVE_BUFFER);
  }

  /**
   * Binds nothing yet.
   *
   * @param receiveBuffer octets that each socket asks the kernel for
   */
  UdpSockets(
      Collection<InetSocketAddress> listen, Consumer<DatagramSocket> receiver, int receiveBuffer) {
    this.listen = List.copyOf(listen);
    this.receiveBuffer = receiveBuffer;
    this.receiver = receiver;
  }

  /**
   * Binds all addresses; the receivers run when this returns. One behind a wildcard may be late (an
   * IPv6 address that is still being probed): it is left to {@link #refresh}.
   *
   * @throws IOException when one that was named cannot be bound, or none can; then none is
   */
  public synchronized void open() throws IOException {
    for (Endpoint endpoint : LocalAddresses.behind(listen)) {
      InetSocketAddress address = endpoint.address();
      try {
        open(endpoint);
      } catch (SocketException e) {
        String what = "cannot listen on UDP " + address + ": " + e.getMessage();
        if (listen.contains(address)) {
          close();
          throw new BindException(what);
        }
        log.warn("{}; trying again", what);
      }
    }
    if (sockets.isEmpty()) {
      throw new BindException("cannot listen on UDP, on no address of " + listen);
    }
    tellIfShort(sockets.values().iterator().next());
  }

  /**
   * Opens sockets for addresses that this host has got since, closes those of addresses it lost.
   */
  public synchronized void refresh() {
    Set<Endpoint> wanted;
    try {
      wanted = LocalAddresses.behind(listen);
    } catch (SocketException e) {
      log.warn("cannot list the addresses of this host, listening as before: {}", e.getMessage());
      return;
    }
    sockets.forEach(
        (endpoint, socket) -> {
          if (!wanted.contains(endpoint) || socket.isClosed()) {
            socket.close();
            sockets.remove(endpoint);
            log.warn("no longer listening on UDP {}: the address is gone", endpoint.address());
          }
        });
    for (Endpoint endpoint : wanted) {
      if (!sockets.containsKey(endpoint)) {
        try {
          open(endpoint);
          log.info("listening on UDP {}, which is new", endpoint.address());
        } catch (SocketException e) {
          log.debug("cannot listen on {} yet: {}", endpoint.address(), e.getMessage());
        }
      }
    }
  }

  private void open(Endpoint endpoint) throws SocketException {
    DatagramSocket socket = new DatagramSocket(endpoint.address());
    socket.setReceiveBufferSize(receiveBuffer);
    sockets.put(endpoint, socket);
    Thread.ofPlatform()
        .name("radius-" + socket.getLocalSocketAddress())
        .daemon()
        .start(() -> receiver.accept(socket));
  }

  private void tellIfShort(DatagramSocket socket) throws SocketException {
    int granted = socket.getReceiveBufferSize();
    if (granted < receiveBuffer) {
      log.info(
          "the kernel grants a receive buffer of {} KiB of the {} KiB asked for, so bursts may be"
              + " lost: run 'sysctl -w net.core.rmem_max={}', and write it to /etc/sysctl.d",
          granted >> 10,
          receiveBuffer >> 10,
          receiveBuffer);
    }
  }

  /** Where it listens now, with the ports that were taken for port 0. */
  public List<InetSocketAddress> addresses() {
    return sockets.values().stream()
        .map(socket -> (InetSocketAddress) socket.getLocalSocketAddress())
        .toList();
  }

  /** Closes all sockets, which ends their receivers. */
  @Override
  public synchronized void close() {
    sockets.values().forEach(DatagramSocket::close);
    sockets.clear();
  }
}
