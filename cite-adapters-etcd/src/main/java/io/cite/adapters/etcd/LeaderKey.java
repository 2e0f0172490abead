package io.cite.adapters.etcd;

import io.cite.adapters.etcd.EtcdCalls.Unanswered;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key that the leader holds, and the lease that holds the key. */
final class LeaderKey {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderKey.class);

  private final EtcdCalls calls;
  private final Duration timeout;
  private final String name;
  private final ByteSequence bytes;

  LeaderKey(EtcdConnection connection, String name) {
    this.calls = new EtcdCalls(connection);
    this.timeout = connection.settings().callTimeout();
    this.name = name;
    this.bytes = EtcdConnection.bytes(name);
  }

  String name() {
    return name;
  }

  KeyRange range() {
    return new KeyRange(bytes, EtcdConnection.bytes(name + "\0"));
  }

  boolean isTaken() throws Unanswered {
    return read(timeout).isPresent();
  }

  boolean wasMadeAt(long createRevision, Duration left) throws Unanswered {
    return read(shorter(left)).filter(kv -> kv.getCreateRevision() == createRevision).isPresent();
  }

  long grant(Duration ttl) throws Unanswered {
    return calls.attempt(timeout, client -> client.getLeaseClient().grant(ttl.toSeconds())).getID();
  }

  /** Makes the key unless it is there; its create revision, if that succeeded. */
  OptionalLong make(String leader, long lease) throws Unanswered {
    ByteSequence value =
        JsonDocuments.encode(Map.of("leader", leader), UUID.randomUUID().toString());
    Cmp absent = new Cmp(bytes, Cmp.Op.EQUAL, CmpTarget.createRevision(0));
    Op put = Op.put(bytes, value, PutOption.builder().withLeaseId(lease).build());
    try {
      TxnResponse answer =
          calls.attempt(
              timeout, client -> client.getKVClient().txn().If(absent).Then(put).commit());
      return answer.isSucceeded()
          ? OptionalLong.of(answer.getHeader().getRevision())
          : OptionalLong.empty();
    } catch (Unanswered failure) {
      if (!failure.isAmbiguous()) {
        throw failure;
      }
      return read(timeout)
          .filter(kv -> kv.getLease() == lease)
          .map(kv -> OptionalLong.of(kv.getCreateRevision()))
          .orElseGet(OptionalLong::empty);
    }
  }

  /** Whether the lease goes on; empty if that is unknown. */
  Optional<Boolean> renew(long lease, Duration left) {
    try {
      return Optional.of(
          calls
                  .attempt(shorter(left), client -> client.getLeaseClient().keepAliveOnce(lease))
                  .getTTL()
              > 0);
    } catch (Unanswered failure) {
      return failure.code() == Status.Code.NOT_FOUND ? Optional.of(false) : Optional.empty();
    }
  }

  /** Lets the key go at once; if that fails, it is deleted when the lease ends. */
  void revoke(long lease) {
    try {
      calls.attempt(timeout, client -> client.getLeaseClient().revoke(lease));
    } catch (Unanswered failure) {
      LOG.debug("The lease of {} was not revoked and ends by itself", name, failure);
    }
  }

  private Optional<KeyValue> read(Duration within) throws Unanswered {
    GetResponse answer = calls.attempt(within, client -> client.getKVClient().get(bytes));
    return answer.getKvs().stream().findFirst();
  }

  private Duration shorter(Duration left) {
    return left.compareTo(timeout) < 0 ? left : timeout;
  }
}
