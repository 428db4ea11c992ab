package dev.pushgate.callback.phone;

import java.net.URI;

/**
 * What {@code pushgate enroll} prints: where to enrol, and the code to do it with.
 *
 * @param base the base address, which the phone signs to be speaking to
 * @param code single use, secret until spent
 */
record EnrolmentLink(String base, String code) {
  private static final String PAGE = "/enroll";

  /**
   * @throws IllegalArgumentException when it is no enrolment URL; the text does not tell the code
   */
  static EnrolmentLink of(URI url) {
    String code = url.getFragment();
    String page = url.toString().split("#", 2)[0];
    if (!"https".equals(url.getScheme())
        || url.getHost() == null
        || code == null
        || code.isEmpty()
        || !page.endsWith(PAGE)) {
      throw new IllegalArgumentException(
          "an enrolment URL looks like https://HOST:PORT/enroll#CODE");
    }
    return new EnrolmentLink(page.substring(0, page.length() - PAGE.length()), code);
  }

  /** Without the code. */
  @Override
  public String toString() {
    return "EnrolmentLink[" + base + "]";
  }
}
