package dev.pushgate.push.device;

/** Is told of each device once it is enrolled. */
@FunctionalInterface
public interface EnrolmentListener {
  /** Tells nobody. */
  EnrolmentListener NONE = _ -> {};

  /**
   * Returns at once and throws nothing: the phone waits for its answer.
   *
   * @param device just enrolled
   */
  void enrolled(Device device);
}
