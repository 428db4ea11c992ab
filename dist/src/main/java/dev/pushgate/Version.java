package dev.pushgate;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "pushgate "
          + Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
              .orElse("(built from a working copy)")
    };
  }
}
