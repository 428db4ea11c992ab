package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.Pushgate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

@Timeout(60)
class HelpTest {

  static Stream<CommandLine> commands() {
    return withSubcommands(Pushgate.commandLine());
  }

  private static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().distinct().flatMap(HelpTest::withSubcommands));
  }

  /** Without processes: there are sixteen commands, and help is the same in all of them. */
  @ParameterizedTest
  @MethodSource("commands")
  void help_isThereForEveryCommandAndDescribesEachOption(CommandLine command) {
    String[] names = command.getCommandSpec().qualifiedName().split(" ", -1);
    List<String> arguments = Stream.concat(Stream.of(names).skip(1), Stream.of("--help")).toList();
    CommandLine pushgate = Pushgate.commandLine();
    java.io.StringWriter out = new java.io.StringWriter();
    pushgate.setOut(new java.io.PrintWriter(out));

    assertThat(pushgate.execute(arguments.toArray(String[]::new))).isZero();
    assertThat(out.toString()).contains("Usage: " + command.getCommandSpec().qualifiedName());
    assertThat(command.getCommandSpec().options())
        .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
    assertThat(command.getCommandSpec().positionalParameters())
        .allSatisfy(parameter -> assertThat(parameter.description()).isNotEmpty());
  }

  @Test
  void version_namesTheProgram() throws Exception {
    assertThat(PushgateProcess.run("--version").done().out())
        .singleElement()
        .asString()
        .startsWith("pushgate ");
  }

  @Test
  void noCommandAtAll_exitsTwo() throws Exception {
    PushgateProcess.Result result = PushgateProcess.run();

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("Missing required subcommand");
  }
}
