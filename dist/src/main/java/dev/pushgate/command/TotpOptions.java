package dev.pushgate.command;

import dev.pushgate.push.code.TotpSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How an app is to compute its codes, where it is not as usual. */
final class TotpOptions {
  @Option(
      names = "--algorithm",
      paramLabel = "HASH",
      description =
          "With --app totp: SHA1, which every app can do, or SHA256 (default: code.algorithm).")
  private TotpSettings.@Nullable Algorithm algorithm;

  @Option(
      names = "--digits",
      paramLabel = "N",
      converter = DigitsConverter.class,
      description = "With --app totp: how many digits a code has, 6 or 8 (default: code.digits).")
  private @Nullable Integer digits;

  @Option(
      names = "--step",
      paramLabel = "TIME",
      converter = StepConverter.class,
      description = "With --app totp: how long a code is shown, 30s or 60s (default: code.step).")
  private @Nullable Duration step;

  private static final class DigitsConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return switch (text) {
        case "6" -> 6;
        case "8" -> 8;
        default -> throw new TypeConversionException("write 6 or 8");
      };
    }
  }

  private static final class StepConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return switch (text) {
        case "30s" -> Duration.ofSeconds(30);
        case "60s", "1m" -> Duration.ofMinutes(1);
        default -> throw new TypeConversionException("write 30s or 60s");
      };
    }
  }

  boolean areGiven() {
    return algorithm != null || digits != null || step != null;
  }

  /**
   * What is given, and for the rest what is usual here.
   *
   * @param usual the section {@code code} of the configuration
   */
  TotpSettings settings(TotpSettings usual) {
    return new TotpSettings(
        algorithm == null ? usual.algorithm() : algorithm,
        digits == null ? usual.digits() : digits,
        step == null ? usual.step() : step);
  }
}
