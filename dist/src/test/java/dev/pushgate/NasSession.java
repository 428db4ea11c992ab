package dev.pushgate;

import dev.pushgate.NasFile.After;
import dev.pushgate.NasFile.Packet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One session of a user at a NAS: sends the packets of the NAS's file, and stops when answered. */
final class NasSession implements NasAttribute.Values {
  private static final int CHALLENGE = 11;
  private static final int IDENTIFIERS_APART = 128;

  /** What a reply may be late by, whatever the pace. */
  private static final Duration A_LITTLE_LATE = Duration.ofSeconds(2);

  private record Sending(Packet packet, SimulatedNas.Request request) {}

  private final NasFile file;
  private final SimulatedNas nas;
  private final String user;
  private final boolean other;
  private final List<Sending> sent = new CopyOnWriteArrayList<>();

  private NasSession(NasFile file, SimulatedNas nas, String user, boolean other) {
    this.file = file;
    this.nas = nas;
    this.user = user;
    this.other = other;
  }

  /** The session as the file has it. */
  static NasSession first(NasFile file, SimulatedNas nas, String user) {
    return new NasSession(file, nas, user, false);
  }

  /** Another session of the same user, by somebody who knows the password. */
  static NasSession another(NasFile file, SimulatedNas nas, String user) {
    return new NasSession(file, nas, user, true);
  }

  /**
   * Sends that packet, unless the NAS would not: it has its answer, or not the one it needs.
   *
   * @return whether it was sent
   */
  boolean send(Packet packet) {
    if (!wouldSend(packet)) {
      return false;
    }
    SimulatedNas.Request request =
        packet.again().isPresent()
            ? sending(packet.again().getAsInt()).orElseThrow().request()
            : nas.request(packet.from(), port(packet), request(packet));
    sent.add(new Sending(packet, request));
    request.sendTo(packet.to());
    return true;
  }

  /** How often it has sent something. */
  int sendings() {
    return sent.size();
  }

  /** How many different packets it has sent. */
  int newPackets() {
    return (int) sent.stream().filter(sending -> sending.packet().again().isEmpty()).count();
  }

  /** How many of those have a password in them that is to be checked, and not a State instead. */
  int newPasswords() {
    return (int)
        sent.stream()
            .map(Sending::packet)
            .filter(packet -> packet.again().isEmpty() && !packet.answersChallenge())
            .count();
  }

  private boolean wouldSend(Packet packet) {
    if (packet.again().isPresent()) {
      return sending(packet.again().getAsInt()).isPresent() && !isAnswered();
    }
    return switch (packet.after()) {
      case NOTHING -> !isAnswered() && (!packet.answersChallenge() || state().length > 0);
      case REJECT -> lastCode() == CheckedReply.REJECT;
      case CHALLENGE -> lastCode() == CHALLENGE;
    };
  }

  private int lastCode() {
    return sent.isEmpty() ? 0 : sent.getLast().request().reply().map(CheckedReply::code).orElse(0);
  }

  /** Whether it has its Accept or its Reject. */
  boolean isAnswered() {
    return sent.stream()
        .flatMap(sending -> sending.request().reply().stream())
        .anyMatch(reply -> reply.code() != CHALLENGE);
  }

  private Optional<Sending> sending(int number) {
    return sent.stream().filter(sending -> sending.packet().number() == number).findFirst();
  }

  private String port(Packet packet) {
    return other && file.otherSession().ownPorts() ? packet.port() + "-other" : packet.port();
  }

  private RawRequest request(Packet packet) {
    int identifier =
        other && !file.otherSession().ownPorts()
            ? (packet.identifier() + IDENTIFIERS_APART) & 0xff
            : packet.identifier();
    RawRequest request = RawRequest.empty(identifier);
    for (NasAttribute attribute : packet.attributes()) {
      NasAttribute own = other ? file.otherSession().inPlaceOf(attribute) : attribute;
      own.addTo(request, this);
    }
    return request;
  }

  /**
   * Plays the whole file in its time.
   *
   * @param pace how many nanoseconds a second of the file takes
   */
  void play(double pace) throws InterruptedException {
    long start = System.nanoTime();
    for (Packet packet : file.packets()) {
      if (packet.after() != After.NOTHING) {
        var _ = awaitReply(Duration.ofNanos(scaled(pace, file.givesUp())).plus(A_LITTLE_LATE));
        Thread.sleep(Duration.ofNanos(scaled(pace, packet.at())));
      } else {
        sleepUntil(start + scaled(pace, packet.at()));
      }
      var _ = send(packet);
    }
  }

  private static void sleepUntil(long end) throws InterruptedException {
    long left = end - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  private static long scaled(double pace, Duration time) {
    return (long) (time.toNanos() * pace / 1e9);
  }

  /** Waits for a reply to what was sent last. */
  Optional<CheckedReply> awaitReply(Duration atMost) throws InterruptedException {
    return nas.awaitReply(sent.getLast().request(), System.nanoTime() + atMost.toNanos());
  }

  /** The code that the newest packet was answered with, or 0. */
  int newestCode() {
    return newest().flatMap(SimulatedNas.Request::reply).map(CheckedReply::code).orElse(0);
  }

  /** The newest packet, which is the one that the NAS still listens for. */
  Optional<SimulatedNas.Request> newest() {
    return sent.isEmpty() ? Optional.empty() : Optional.of(newestOf(sent).request());
  }

  private static Sending newestOf(List<Sending> sent) {
    return sent.stream().filter(s -> s.packet().again().isEmpty()).toList().getLast();
  }

  /** How many Accepts it got, each packet counted once. */
  int accepts() {
    return (int)
        sent.stream()
            .map(Sending::request)
            .distinct()
            .flatMap(request -> request.reply().stream())
            .filter(reply -> reply.code() == CheckedReply.ACCEPT)
            .count();
  }

  /** Whether each packet got one reply at most, be it sent several times. */
  boolean isAnsweredOnceEach() {
    return sent.stream().allMatch(sending -> sending.request().differentReplies() <= 1);
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public String password() {
    return RunningPushgate.PASSWORD;
  }

  @Override
  public byte[] state() {
    return sent.stream()
        .flatMap(sending -> sending.request().reply().stream())
        .filter(reply -> reply.code() == CHALLENGE)
        .findFirst()
        .map(reply -> reply.value(RawRequest.STATE))
        .orElseGet(() -> new byte[0]);
  }
}
