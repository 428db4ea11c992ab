package dev.pushgate.command;

import dev.pushgate.radius.user.PasswordMethod;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a password method by its word. */
final class PasswordMethodConverter implements ITypeConverter<PasswordMethod> {

  @Override
  public PasswordMethod convert(String text) {
    return Arrays.stream(PasswordMethod.values())
        .filter(method -> method.word().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is not one of "
                        + Arrays.stream(PasswordMethod.values())
                            .map(PasswordMethod::word)
                            .collect(Collectors.joining(", "))));
  }
}
