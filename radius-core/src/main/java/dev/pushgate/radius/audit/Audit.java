package dev.pushgate.radius.audit;

/**
 * Where it is written down who came in, who did not, and why.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Whoever calls this before an answer leaves has the record written when the answer does. What
 * cannot be recorded is not let in: a caller that gets an {@link AuditException} refuses the login,
 * or leaves the accounting unanswered.
 *
 * <p>Implementations are safe for use by many threads at once.
 */
@FunctionalInterface
public interface Audit {
  /** Writes nothing down, for those who embed a gate and need no audit. */
  Audit NONE = record -> {};

  /**
   * Blocks until the record is written; an interruption of the thread is left for later.
   *
   * @throws AuditException when it cannot be written; whoever waits for it must not be let in
   */
  void record(AuditRecord record);
}
