package dev.pushgate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The NASes that ask one server, on a thread that does little else than send and receive: requests
 * are ready before, replies are checked after.
 */
final class Load implements AutoCloseable {
  private static final Duration LOST_AFTER = Duration.ofSeconds(3);
  private static final Duration DEAD_AFTER = Duration.ofSeconds(10);
  private static final int LONGEST_REPLY = 128;

  private final MeasuredServer server;
  private final Selector selector = Selector.open();
  private final List<DatagramChannel> channels = new ArrayList<>();
  private final ByteBuffer received = ByteBuffer.allocateDirect(LONGEST_REPLY);

  /** Opens source ports towards a server. */
  Load(MeasuredServer server, int ports) throws IOException {
    this.server = server;
    for (int port = 0; port < ports; port++) {
      DatagramChannel channel = DatagramChannel.open();
      channels.add(channel);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
      channel.connect(server.address());
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, port);
    }
  }

  /** Asks everything once; the next request of a chain leaves when the one before is answered. */
  Round play(Requests requests) throws IOException {
    return new Play(requests).toTheEnd();
  }

  @Override
  public void close() throws IOException {
    for (DatagramChannel channel : channels) {
      channel.close();
    }
    selector.close();
  }

  private final class Play {
    private final Requests requests;
    private final Requests.Shape shape;
    private final int[] step;
    private final long[] sent;
    private final long[] latencies;
    private final byte[][] replies;
    private int underWay;
    private long lastReply;

    Play(Requests requests) {
      this.requests = requests;
      this.shape = requests.shape();
      this.step = new int[shape.chains()];
      this.sent = new long[shape.chains()];
      this.latencies = new long[shape.requests()];
      this.replies = new byte[shape.requests()][];
    }

    Round toTheEnd() throws IOException {
      Duration cpuBefore = server.cpuTime();
      long start = System.nanoTime();
      lastReply = start;
      try {
        for (int chain = 0; chain < shape.chains(); chain++) {
          underWay++;
          send(chain);
        }
        while (underWay > 0) {
          if (selector.select(this::receiveAll, LOST_AFTER.toMillis()) == 0) {
            giveUpOnTheLost();
          }
        }
      } catch (PortUnreachableException | UncheckedIOException e) {
        throw server.failure("cannot be reached any more");
      }
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      return Round.of(requests, replies, latencies, elapsed, server.cpuTime().minus(cpuBefore));
    }

    private void send(int chain) throws IOException {
      DatagramChannel channel = channels.get(shape.port(chain));
      sent[chain] = System.nanoTime();
      channel.write(requests.datagram(shape.index(chain, step[chain])));
    }

    private void receiveAll(SelectionKey key) {
      DatagramChannel channel = (DatagramChannel) key.channel();
      int port = (int) key.attachment();
      try {
        while (channel.read(received.clear()) > 0) {
          received.flip();
          take(port);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void take(int port) throws IOException {
      if (received.remaining() < 2) {
        return;
      }
      int identifier = received.get(1) & 0xff;
      int chain = shape.chain(port, identifier);
      if (step[chain] == shape.perChain() || shape.identifier(chain, step[chain]) != identifier) {
        return; // the late reply to a request that was given up
      }
      int index = shape.index(chain, step[chain]);
      lastReply = System.nanoTime();
      latencies[index] = lastReply - sent[chain];
      byte[] reply = new byte[received.remaining()];
      received.get(reply);
      replies[index] = reply;
      goOn(chain);
    }

    private void goOn(int chain) throws IOException {
      step[chain]++;
      if (step[chain] == shape.perChain()) {
        underWay--;
      } else {
        send(chain);
      }
    }

    private void giveUpOnTheLost() throws IOException {
      long now = System.nanoTime();
      if (now - lastReply >= DEAD_AFTER.toNanos()) {
        throw server.failure("has not answered for " + DEAD_AFTER.toSeconds() + " s");
      }
      for (int chain = 0; chain < shape.chains(); chain++) {
        if (step[chain] < shape.perChain() && now - sent[chain] >= LOST_AFTER.toNanos()) {
          goOn(chain);
        }
      }
    }
  }
}
