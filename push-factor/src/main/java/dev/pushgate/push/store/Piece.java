package dev.pushgate.push.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jdbi.v3.core.Handle;

/** A piece of work on its way from the thread that wants it done to the thread that does it. */
final class Piece<T> {
  private final Store.Work<T> work;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  Piece(Store.Work<T> work) {
    this.work = work;
  }

  /** Whether someone still waits for it. */
  boolean isWanted() {
    return !result.isDone();
  }

  /**
   * Does the work.
   *
   * @return hands the result to the thread that waits; to be run once the work is committed
   */
  Runnable perform(Handle handle) {
    T value = work.on(handle);
    return () -> result.complete(value);
  }

  void fail(Throwable why) {
    result.completeExceptionally(why);
  }

  T await() throws InterruptedException {
    try {
      return result.get();
    } catch (InterruptedException e) {
      // Not yet begun, it need not be done.
      result.cancel(false);
      throw e;
    } catch (ExecutionException e) {
      throw new StoreException("the store could not do its work: " + e.getCause(), e.getCause());
    }
  }
}
