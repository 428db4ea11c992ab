package dev.pushgate.radius;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds the second factors that others supply as jars on the class path. */
public final class SecondFactorPlugins {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  private SecondFactorPlugins() {}

  /**
   * All plugins by their name.
   *
   * @throws IllegalStateException when two have the same name or one has a name that the
   *     configuration could not hold
   */
  public static Map<String, SecondFactorPlugin> load() {
    Map<String, SecondFactorPlugin> plugins = new TreeMap<>();
    for (SecondFactorPlugin plugin : ServiceLoader.load(SecondFactorPlugin.class)) {
      String name = plugin.name();
      if (!NAME.matcher(name).matches()) {
        throw new IllegalStateException(
            plugin.getClass().getName() + " has the name '" + name + "', which is not [a-z0-9-]+");
      }
      SecondFactorPlugin other = plugins.put(name, plugin);
      if (other != null) {
        throw new IllegalStateException(
            plugin.getClass().getName()
                + " and "
                + other.getClass().getName()
                + " both have the name '"
                + name
                + "'");
      }
    }
    return plugins;
  }
}
