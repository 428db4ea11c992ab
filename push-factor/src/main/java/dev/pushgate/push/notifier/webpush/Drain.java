package dev.pushgate.push.notifier.webpush;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Lets the body of an answer go by unread, and hangs up on one that is long. */
final class Drain implements BodySubscriber<Boolean> {
  private static final int MOST_OCTETS = 16_384;

  private final CompletableFuture<Boolean> end = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private int seen;

  /** True for a body that was short enough to be let by. */
  @Override
  public CompletionStage<Boolean> getBody() {
    return end;
  }

  @Override
  public void onSubscribe(Flow.Subscription incoming) {
    subscription = incoming;
    incoming.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> octets) {
    seen += octets.stream().mapToInt(ByteBuffer::remaining).sum();
    Flow.Subscription source = subscription;
    if (source == null) {
      return;
    }
    if (seen > MOST_OCTETS) {
      source.cancel();
      end.complete(false);
    } else {
      source.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    end.complete(false);
  }

  @Override
  public void onComplete() {
    end.complete(true);
  }
}
