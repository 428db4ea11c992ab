package dev.pushgate;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.callback.phone.Trust;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Question;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A process of its own with many NASes and phones. All log in at once; when told {@code approve},
 * the phones approve whatever they are asked; in the end it tells what each login came to.
 */
final class Storm {
  static final int USERS = 50;
  static final int LOGINS_EACH = 20;
  static final int LOGINS = USERS * LOGINS_EACH;

  private static final Duration SEND_AGAIN_EVERY = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private final InetSocketAddress server;
  private final Path folder;

  private Storm(InetSocketAddress server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /** Arguments: port of the RADIUS server, the server's certificate, folder of the accounts. */
  public static void main(String[] arguments) throws Exception {
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    Storm storm = new Storm(server, Path.of(arguments[2]));
    try (HttpClient http = Trust.client(Path.of(arguments[1]));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        BufferedReader told =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      storm.run(http, threads, told);
    }
  }

  static String user(int number) {
    return "user" + number;
  }

  static String account(int number) {
    return "account" + number + ".json";
  }

  private void run(HttpClient http, ExecutorService threads, BufferedReader told)
      throws IOException, InterruptedException {
    List<Future<String>> logins = new ArrayList<>();
    for (int login = 0; login < LOGINS; login++) {
      int number = login;
      logins.add(threads.submit(() -> logIn(number)));
    }
    if (!"approve".equals(told.readLine())) {
      threads.shutdownNow();
      return;
    }
    List<Future<Integer>> phones = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      Phone phone = Phone.load(http, folder.resolve(account(user)), InstantSource.system());
      phones.add(threads.submit(() -> approveAll(phone)));
    }
    for (Future<Integer> phone : phones) {
      System.out.println("phone " + outcome(phone));
    }
    for (Future<String> login : logins) {
      System.out.println("login " + outcome(login));
    }
  }

  private static String outcome(Future<?> future) throws InterruptedException {
    try {
      return future.get().toString();
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause()).lines().findFirst().orElse("failed");
    }
  }

  private String logIn(int number) throws IOException {
    try (RawNas nas = new RawNas(server)) {
      RawRequest request =
          new RawRequest(number & 0xff, user(number % USERS), RunningPushgate.PASSWORD)
              .with(RawRequest.CALLING_STATION_ID, "198.51.100." + number / USERS)
              .with(RawRequest.PROXY_STATE, Integer.toString(number));
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < end) {
        Optional<byte[]> octets = nas.send(request).receive(SEND_AGAIN_EVERY);
        if (octets.isPresent()) {
          int code = CheckedReply.of(octets.get(), request).code();
          return code == CheckedReply.ACCEPT ? "accepted" : "code " + code;
        }
      }
      return "unanswered";
    }
  }

  private static int approveAll(Phone phone) throws IOException, InterruptedException {
    Set<String> approved = new HashSet<>();
    while (approved.size() < LOGINS_EACH
        && phone.challenges(Duration.ofSeconds(20)) instanceof Reply.Done<List<Question>>(var open)
        && !open.isEmpty()) {
      for (Question question : open) {
        if (phone.approve(question, null).equals(new Reply.Done<>(Settlement.State.APPROVED))) {
          approved.add(question.id());
        }
      }
    }
    return approved.size();
  }
}
