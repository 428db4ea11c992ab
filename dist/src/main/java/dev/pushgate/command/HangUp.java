package dev.pushgate.command;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, by which administrators ask a server to read its configuration anew.
 *
 * <p>The JDK's one door to signals is sun.misc.Signal, stable for twenty years. It is opened by
 * name because javac warns of it in a way that nothing can suppress, and our warnings are errors.
 */
final class HangUp {
  private static final Logger log = LoggerFactory.getLogger(HangUp.class);

  private HangUp() {}

  /** Runs this at each SIGHUP; where there are no signals, only a changed file reloads. */
  static void handle(Runnable reload) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object reloading =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getDeclaringClass() == Object.class) {
                  return method.invoke(reload, arguments);
                }
                reload.run();
                return null;
              });
      Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
      Object before = signal.getMethod("handle", signal, handler).invoke(null, hangUp, reloading);
      log.debug("SIGHUP was handled by {} before", before);
    } catch (ReflectiveOperationException e) {
      log.warn("this Java cannot handle SIGHUP; a changed file reloads all the same", e);
    }
  }
}
