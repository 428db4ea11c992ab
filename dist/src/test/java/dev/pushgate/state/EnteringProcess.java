package dev.pushgate.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A process of its own that enters a state folder and tells what has become of it. */
final class EnteringProcess {
  private static final Path TASKS = Path.of("/proc/self/task");

  private EnteringProcess() {}

  /** Prints the entry, then each thread's Uid, Gid and Groups, and writes a file on each thread. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    CountDownLatch entered = new CountDownLatch(1);
    // Started before the change, so that it shows whether the change holds for threads there were.
    Thread earlier =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    entered.await();
                    Files.writeString(folder.resolve("earlier"), "x");
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    switch (StateFolder.enter(folder)) {
      case StateFolder.Entry.Entered(Path path) -> System.out.println("entered " + path);
      case StateFolder.Entry.Refused(var problem) -> {
        System.out.println("refused " + problem);
        return;
      }
    }
    entered.countDown();
    earlier.join();
    Files.writeString(folder.resolve("later"), "x");
    Thread.ofVirtual().start(() -> write(folder.resolve("virtual"))).join();
    identities().forEach(System.out::println);
    System.out.println("root's file is readable: " + Files.isReadable(Path.of("/etc/shadow")));
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "x");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static NavigableSet<String> identities() throws IOException {
    NavigableSet<String> identities = new TreeSet<>();
    try (Stream<Path> tasks = Files.list(TASKS)) {
      for (Path task : tasks.toList()) {
        List<String> status = Files.readAllLines(task.resolve("status"));
        status.stream()
            .filter(line -> line.matches("(Uid|Gid|Groups):.*"))
            .map(line -> line.replaceAll("\\s+", " ").strip())
            .forEach(identities::add);
      }
    }
    return identities;
  }
}
