package dev.pushgate.push.store;

import org.jdbi.v3.core.Handle;

/**
 * The one door to what is kept over restarts.
 *
 * <p>Every piece of work is a transaction of its own: it sees one state of the data, and all or
 * none of its changes are kept. When {@link #write} returns, its changes are on disk; what depends
 * on them (an answer to a phone, an Access-Accept) may leave only then.
 *
 * <p>Safe for use by many threads; the methods block, which costs a virtual thread nothing.
 */
public interface Store extends AutoCloseable {

  /**
   * Reads what is committed, also by other processes.
   *
   * @param work must change nothing; an attempt to is refused by the database
   * @return what the work returned; never null
   * @throws StoreException when the store cannot be read, or the work threw (its exception is the
   *     cause)
   */
  <T> T read(Work<T> work) throws InterruptedException;

  /**
   * Changes the data. Works are done one after the other.
   *
   * @param work may be done on any thread and must neither begin nor end a transaction
   * @return what the work returned, once it is committed
   * @throws StoreException when nothing was changed: the store cannot be written, or the work threw
   *     (its exception is the cause)
   * @throws InterruptedException when the caller no longer waits; whether the change was made is
   *     then unknown
   */
  <T> T write(Work<T> work) throws InterruptedException;

  /** Finishes the work that waits and closes the files. Later work is refused; harmless twice. */
  @Override
  void close();

  /**
   * What is to be done in one transaction.
   *
   * @param <T> what it finds out
   */
  @FunctionalInterface
  interface Work<T> {

    /**
     * @param handle for use by this call only
     */
    T on(Handle handle);
  }
}
