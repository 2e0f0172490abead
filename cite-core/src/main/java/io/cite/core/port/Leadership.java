package io.cite.core.port;

/**
 * Which of several processes does the work. A term ends when its lease does; because a paused
 * process does not notice that, every write carries the term's fence.
 */
public interface Leadership extends AutoCloseable {

  /**
   * Takes part in the election until closed. The listener is called from a thread of the
   * implementation: {@code elected} when this process begins to lead, {@code deposed} when it can
   * no longer be sure that it does. Both alternate. To be called once.
   */
  void campaign(Listener listener);

  /** Steps down at once, so that another process need not wait for the lease. */
  @Override
  void close();

  /** What a candidate is notified of. */
  interface Listener {
    /** This process leads now. */
    void elected(Term term);

    /** This process may not lead any more. */
    void deposed();
  }

  /**
   * A time of leading.
   *
   * @param leader name of the process
   * @param fence holds as long as the term does; part of every transaction of the leader
   */
  record Term(String leader, MetadataStore.Condition.CreatedAt fence) {}
}
