package dev.pushgate.radius;

/**
 * A second factor that others supply as a jar, found by {@link java.util.ServiceLoader}.
 *
 * <p>A client of the configuration chooses it by {@code factor = NAME}. Needs a public constructor
 * without parameters.
 */
public interface SecondFactorPlugin {

  /** The word that selects this factor in the configuration: lower case, digits and hyphens. */
  String name();

  /** Makes the factor; called once, before the server answers its first request. */
  SecondFactor create();
}
