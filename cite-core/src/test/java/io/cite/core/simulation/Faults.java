package io.cite.core.simulation;

import io.cite.core.port.InstantSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stands in front of the ports, counts the calls and lets chosen ones go wrong. */
final class Faults {
  /** The process ends: nothing catches this. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash(String where) {
      super(where, null, false, false);
    }
  }

  /** When a call goes wrong. */
  enum Moment {
    BEFORE,
    AFTER
  }

  private record Planned(
      int call,
      Moment moment,
      @Nullable Supplier<RuntimeException> fault,
      @Nullable Runnable meanwhile) {}

  /** Calls that only read; what is not named here counts as an effect. */
  private static final Set<String> READS =
      Set.of(
          "AuditTrail.list",
          "AuditTrail.requireWritable",
          "Builder.hook",
          "Builder.log",
          "Builder.runs",
          "ClusterSecrets.names",
          "ClusterObjects.inventory",
          "Hooks.failedDeliveries",
          "ImageRegistry.resolve",
          "LogIndex.search",
          "MetadataStore.get",
          "MetadataStore.list",
          "Namespaces.lookUp",
          "Notifications.check",
          "PodLogs.read",
          "Reports.findDeployments",
          "Reports.statuses",
          "Repositories.commit",
          "Repositories.compare",
          "Repositories.file",
          "Repositories.get",
          "Repositories.head",
          "Repositories.headSince",
          "Repositories.permission",
          "Rollouts.list",
          "Rollouts.observe",
          "TrafficRouter.address",
          "TrafficRouter.assigned",
          "TrafficRouter.current");

  private final List<Planned> plan = new ArrayList<>();
  private final Set<Integer> crashesBeforeEffects = new HashSet<>();
  private final List<String> calls = new ArrayList<>();
  private final List<Object> firstArguments = new ArrayList<>();
  private final Events events = new Events();
  private final CallRate rate;
  private boolean armed;
  private int killAfter;
  private int effects;

  /**
   * Nothing goes wrong yet; more calls in a minute of this clock than any life makes are a defect.
   */
  Faults(InstantSource clock) {
    rate = new CallRate(clock);
  }

  /** Begins counting and going wrong. */
  void arm() {
    armed = true;
    events.arm();
    calls.clear();
    firstArguments.clear();
    effects = 0;
  }

  /** Nothing goes wrong any more; events that were held back come now. */
  void disarm() {
    armed = false;
    events.disarm();
  }

  /** The events of the ports that are watched. */
  Events events() {
    return events;
  }

  /** The process ends at this call (counted from 1 since arming). */
  void crashAt(int call, Moment moment) {
    plan.add(new Planned(call, moment, null, null));
  }

  /** The process ends before this call among those that have an effect (counted from 1). */
  void crashBeforeEffect(int effect) {
    crashesBeforeEffects.add(effect);
  }

  /** This call fails. */
  void failAt(int call, Moment moment, Supplier<RuntimeException> fault) {
    plan.add(new Planned(call, moment, fault, null));
  }

  /** The process is paused just before this call; this happens before it goes on. */
  void pauseAt(int call, Runnable meanwhile) {
    plan.add(new Planned(call, Moment.BEFORE, null, meanwhile));
  }

  /** The same; and once the call has had its effect, the process ends. */
  void pauseAndKillAt(int call, Runnable meanwhile) {
    pauseAt(
        call,
        () -> {
          killAfter = call;
          meanwhile.run();
        });
  }

  /** Names of the calls since arming. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  /** How many calls since arming were to have an effect. */
  int effects() {
    return effects;
  }

  /** The first argument of each of the calls. */
  List<Object> firstArguments() {
    return List.copyOf(firstArguments);
  }

  /** The same port, with faults. */
  <T> T around(Class<T> port, T real) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (Roles.gives(method)) {
            return role(method.getReturnType(), method.invoke(real));
          }
          int number = 0;
          String call = port.getSimpleName() + "." + method.getName();
          boolean watches = method.getName().equals("watch");
          if (watches) {
            events.listenBehind(arguments);
          } else {
            rate.count(call);
          }
          if (armed && !watches) {
            calls.add(call);
            firstArguments.add(arguments == null ? "" : arguments[0]);
            number = calls.size();
            strike(number, Moment.BEFORE);
            strikeBeforeEffect(number);
          }
          try {
            Object answer = method.invoke(real, arguments);
            if (number > 0 && number == killAfter) {
              killAfter = 0;
              throw new Crash("after it was paused at call " + number);
            }
            if (armed && number > 0) {
              strike(number, Moment.AFTER);
            }
            return answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }

  private <T> T role(Class<T> role, Object real) {
    return around(role, role.cast(real));
  }

  private void strikeBeforeEffect(int number) {
    String call = calls.get(number - 1);
    if (!READS.contains(call) && crashesBeforeEffects.contains(++effects)) {
      throw new Crash("before effect " + effects + ", call " + number + " " + call);
    }
  }

  private void strike(int number, Moment moment) {
    for (Planned planned : plan) {
      if (planned.call() == number && planned.moment() == moment) {
        Runnable meanwhile = planned.meanwhile();
        if (meanwhile != null) {
          armed = false;
          meanwhile.run();
          return;
        }
        Supplier<RuntimeException> fault = planned.fault();
        if (fault != null) {
          throw fault.get();
        }
        throw new Crash(moment + " call " + number + " " + calls.get(number - 1));
      }
    }
  }
}
