package dev.pushgate.command;

import dev.pushgate.configuration.Configuration;
import dev.pushgate.configuration.ConfigurationFile;
import dev.pushgate.push.code.CodeApp;
import dev.pushgate.push.device.Device;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.UsersFileEditor.Edited;
import dev.pushgate.server.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code pushgate users remove}: takes a user out of users.properties, and tells what the state
 * still has of that name: somebody else who gets it later would inherit the phones.
 */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = {
      "Removes all lines of a user from the file.",
      "Tells which devices stay, and how to remove them."
    })
final class UsersRemoveCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "USER", description = "The user.")
  private String user = "";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    ConfigurationFile.Result configured = configuration.file();
    UsersFileEdit edit = editor -> editor.remove(user);
    Optional<Edited> edited = edit.make(configured, err);
    if (!(edited.orElse(null) instanceof Edited.Removed(String name, int lines))) {
      return 1;
    }
    String shown = UntrustedText.shown(name);
    out.println("removed %s: %d lines of %s".formatted(shown, lines, configured.users()));
    if (configured instanceof ConfigurationFile.Result.Loaded loaded) {
      List<String> left = left(name, loaded.configuration());
      if (!left.isEmpty()) {
        out.println("whoever gets the name " + shown + " later would have these:");
        left.forEach(out::println);
      }
    } else {
      err.println(
          "pushgate: the configuration has mistakes, so what " + shown + " leaves cannot be told");
    }
    return 0;
  }

  private static List<String> left(String name, Configuration configuration)
      throws IOException, InterruptedException {
    List<String> left = new ArrayList<>();
    if (!Files.isDirectory(configuration.state())) {
      return left;
    }
    try (State state = State.open(configuration, InstantSource.system(), new SecureRandom())) {
      for (Device device : state.devices().ofUser(name)) {
        left.add(
            "device %s (%s); remove it with: pushgate devices remove %s"
                .formatted(device.id(), UntrustedText.shown(device.name()), device.id()));
      }
      for (CodeApp app : state.oneTimeCodes().ofUser(name)) {
        left.add(
            "app for codes %s; remove it with: pushgate devices remove %s"
                .formatted(app.id(), app.id()));
      }
      int codes = state.recoveryCodes().left(name);
      if (codes > 0) {
        left.add(codes + " recovery codes; new ones for the name put them out of force");
      }
    }
    return left;
  }
}
