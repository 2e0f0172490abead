package io.cite.core.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What the watched ports report; chosen events are lost, or come late. */
final class Events {
  private record Late(int after, Runnable event) {}

  private final Deque<Late> late = new ArrayDeque<>();
  private boolean armed;
  private int count;
  private int lost;
  private int delayed;
  private int until;

  /** This event never comes (counted from 1 since arming). */
  void lose(int event) {
    lost = event;
  }

  /** This event comes after so many others; at the latest when nothing goes wrong any more. */
  void delay(int event, int others) {
    delayed = event;
    until = event + others;
  }

  /** How many events came since arming. */
  int count() {
    return count;
  }

  void arm() {
    armed = true;
    count = 0;
  }

  void disarm() {
    armed = false;
    release(Integer.MAX_VALUE);
  }

  /** Puts itself between a port and who watches it: the last argument. */
  @SuppressWarnings("unchecked")
  void listenBehind(Object[] arguments) {
    int last = arguments.length - 1;
    Consumer<Object> listener = (Consumer<Object>) arguments[last];
    Consumer<Object> behind = event -> come(() -> listener.accept(event));
    arguments[last] = behind;
  }

  private void come(Runnable event) {
    if (!armed) {
      event.run();
      return;
    }
    count++;
    if (count == delayed) {
      late.add(new Late(until, event));
    } else if (count != lost) {
      event.run();
    }
    release(count);
  }

  private void release(int now) {
    while (!late.isEmpty() && late.peek().after() <= now) {
      late.remove().event().run();
    }
  }
}
