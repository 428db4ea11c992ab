package dev.pushgate.push.delivery;

import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Notifier;
import dev.pushgate.push.notifier.Receipt;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A notifier for one kind of address that does what a test says, and notes what it was told. */
final class ScriptedNotifier implements Notifier {
  private final Class<? extends PushAddress> kind;
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private volatile Answering answering = (_, _) -> new Receipt.Accepted();
  private volatile boolean closed;
  private volatile boolean closes = true;

  /** What it was asked to send. */
  record Sent(PushAddress address, Notice notice) {}

  /** What becomes of an attempt. */
  interface Answering {
    Receipt answer(PushAddress address, Notice notice) throws IOException, InterruptedException;
  }

  ScriptedNotifier(Class<? extends PushAddress> kind) {
    this.kind = kind;
  }

  ScriptedNotifier answers(Answering how) {
    answering = how;
    return this;
  }

  ScriptedNotifier answers(Receipt receipt) {
    return answers((_, _) -> receipt);
  }

  void failsToClose() {
    closes = false;
  }

  List<Sent> sent() {
    return List.copyOf(sent);
  }

  List<Notice.Kind> kinds(PushAddress address) {
    return sent.stream()
        .filter(one -> one.address().equals(address))
        .map(one -> one.notice().kind())
        .toList();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String name() {
    return kind.getSimpleName();
  }

  @Override
  public boolean serves(PushAddress address) {
    return kind.isInstance(address);
  }

  @Override
  public String service(PushAddress address) {
    return name();
  }

  @Override
  public int mostAtOnce() {
    return 100;
  }

  @Override
  public Receipt send(PushAddress address, Notice notice) throws IOException, InterruptedException {
    sent.add(new Sent(address, notice));
    return answering.answer(address, notice);
  }

  @Override
  public void close() {
    if (!closes) {
      throw new IllegalStateException("does not close");
    }
    closed = true;
  }
}
