package io.cite.server.sandbox.github.rest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last requests, oldest first. Thread-safe. */
public final class CallLog {

  private static final int KEPT = 10_000;

  private final Deque<ApiCall> calls = new ArrayDeque<>();

  synchronized void add(ApiCall call) {
    calls.addLast(call);
    if (calls.size() > KEPT) {
      calls.removeFirst();
    }
  }

  public synchronized List<ApiCall> all() {
    return new ArrayList<>(calls);
  }

  public synchronized void clear() {
    calls.clear();
  }
}
