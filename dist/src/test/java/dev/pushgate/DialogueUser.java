package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.command.TotpApp;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.code.TotpSettings;
import dev.pushgate.push.device.NamedInvitation;
import dev.pushgate.push.phone.Question;
import dev.pushgate.push.privacyidea.EnrolmentLink;
import dev.pushgate.push.standin.PrivacyIdeaApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One who logs in at a NAS: what is typed there leaves over UDP, the phones answer over HTTPS, and
 * each reply is held against what the user must see, octet by octet where that matters, and against
 * what the audit says of it.
 */
final class DialogueUser implements AutoCloseable {
  static final String PASSWORD = "correct-horse";

  private static final int CHALLENGE = 11;
  private static final int REPLY_MESSAGE = 18;
  private static final int VENDOR_SPECIFIC = 26;
  private static final int SESSION_TIMEOUT = 27;
  private static final int PROMPT = 76;
  private static final byte[] NO_ECHO = {0, 0, 0, 0};
  private static final String FAC_CHALLENGE_CODE_001 = "000030440f05303031";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern GAP = Pattern.compile("\\{[a-z]+}");

  private record Sent(RawNas nas, RawRequest request) {}

  private final DialogueServer server;
  private final String name;
  private final List<Phone> phones = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private @Nullable TotpApp app;
  private String nas = "";
  private String from = "203.0.113.7";
  private byte[] stateToSend = {};
  private byte[] stateLastSent = {};
  private String shown = "";
  private int identifier;

  DialogueUser(DialogueServer server, String name) {
    this.server = server;
    this.name = name;
  }

  String name() {
    return name;
  }

  // What the user has.

  /** Enrols one more phone. */
  DialogueUser withPhone() throws IOException, InterruptedException {
    phones.add(server.pushgate().enrol(name));
    return this;
  }

  /**
   * Opens an enrolment link on a new phone.
   *
   * @return {@code enrolled}, or the word of the refusal
   */
  String enrolsBy(URI link, @Nullable String password) throws IOException, InterruptedException {
    Path account = Files.createTempFile(server.folder(), "phone", ".json");
    return switch (Phone.enrol(
        server.pushgate().http(), link, "New phone", password, account, server.clock())) {
      case Reply.Done<Phone>(Phone phone) -> {
        phones.add(phone);
        yield "enrolled";
      }
      case Reply.Refused<Phone>(_, String code, _, _) -> code;
    };
  }

  /** Enrols privacyIDEA Authenticator. */
  PrivacyIdeaApp withPrivacyIdea() throws Exception {
    NamedInvitation invitation =
        server
            .pushgate()
            .state()
            .enrolmentCodes()
            .issueNamed(name, Duration.ofHours(1), server.pushgate().base());
    PrivacyIdeaApp app =
        new PrivacyIdeaApp(
            EnrolmentLink.of(
                invitation,
                EnrolmentLink.url(server.pushgate().base()).orElseThrow(),
                name,
                "Test VPN",
                Duration.ofHours(1),
                false),
            2048,
            server.clock());
    assertThat(post(app, app.enrolment())).isEqualTo(200);
    return app;
  }

  private int post(PrivacyIdeaApp app, String form) throws IOException, InterruptedException {
    return server
        .pushgate()
        .http()
        .send(
            HttpRequest.newBuilder(URI.create(app.url()))
                .POST(BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private JsonNode polled(PrivacyIdeaApp app) throws IOException, InterruptedException {
    URI uri = URI.create(app.url() + "?" + app.poll());
    return JSON.readTree(
            server
                .pushgate()
                .http()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body())
        .path("result")
        .path("value")
        .path(0);
  }

  /** Chooses in privacyIDEA Authenticator; the status of the HTTP reply. */
  int chooses(PrivacyIdeaApp app, String option) throws IOException, InterruptedException {
    return post(app, app.choose(polled(app).path("nonce").asText(), option));
  }

  /** One that privacyIDEA Authenticator shows and the VPN does not. */
  String wrongOption(PrivacyIdeaApp app) throws IOException, InterruptedException {
    for (String option : polled(app).path("require_presence").asText().split(",", -1)) {
      if (!option.equals(shown)) {
        return option;
      }
    }
    throw new AssertionError("nothing to choose from");
  }

  DialogueUser withApp() throws InterruptedException {
    app =
        TotpApp.scanning(
            server
                .pushgate()
                .state()
                .oneTimeCodes()
                .enrol(name, "Test VPN", TotpSettings.USUAL)
                .url());
    return this;
  }

  /** Goes to a NAS that has these settings and that nobody else has. */
  DialogueUser at(String clientSettings) throws IOException {
    return atNas(server.client(clientSettings));
  }

  /** Goes to the NAS with that address. */
  DialogueUser atNas(String address) {
    nas = address;
    return this;
  }

  DialogueUser from(String address) {
    from = address;
    return this;
  }

  /** The code that the app shows now. */
  String code() throws Exception {
    return code(Duration.ZERO);
  }

  /** The code that the app shows that much later. */
  String code(Duration later) throws Exception {
    if (app == null) {
      throw new IllegalStateException("there is no app");
    }
    return app.code(server.clock().instant().plus(later));
  }

  /** Six digits that are none of the codes around now. */
  String wrongCode() throws Exception {
    List<String> near = new ArrayList<>();
    for (int step = -2; step <= 2; step++) {
      near.add(code(Duration.ofSeconds(30L * step)));
    }
    int wrong = 0;
    while (near.contains("%06d".formatted(wrong))) {
      wrong++;
    }
    return "%06d".formatted(wrong);
  }

  /** What stood in the gap of the prompt or refusal that was shown last. */
  String shown() {
    return shown;
  }

  /** The number that the prompt shows, as it is typed on the phone. */
  String number() {
    return shown.replace(" ", "");
  }

  /** Has the server forget the newest phone. */
  void removesPhone() throws IOException, InterruptedException {
    assertThat(phones.removeLast().remove()).isInstanceOf(Reply.Done.class);
  }

  // What the user does.

  /** Types at the prompt that is shown, or begins a login; the packet leaves. */
  DialogueUser types(String text) throws IOException {
    stateLastSent = stateToSend;
    stateToSend = new byte[0];
    return send(text, stateLastSent, server.pushgate().radius());
  }

  /** Types into a prompt that has been answered before. */
  DialogueUser typesAgain(String text) throws IOException {
    return send(text, stateLastSent, server.pushgate().radius());
  }

  /** The NAS gives up the first server and sends the same, made anew, to the second. */
  DialogueUser failsOver(String text) throws IOException {
    return send(text, stateLastSent, server.pushgate().secondRadius());
  }

  /** The NAS sends the same octets once more. */
  DialogueUser retransmits() {
    Sent last = sent.getLast();
    var _ = last.nas().send(last.request());
    return this;
  }

  private DialogueUser send(String text, byte[] state, InetSocketAddress to) throws IOException {
    identifier++;
    RawRequest request = new RawRequest(identifier, name, text);
    if (!from.isEmpty()) {
      var _ = request.with(RawRequest.CALLING_STATION_ID, from);
    }
    if (state.length > 0) {
      var _ = request.with(RawRequest.STATE, state);
    }
    sent.add(new Sent(new RawNas(to, InetAddress.getByName(nas)), request));
    return retransmits();
  }

  /** The question on the first phone. */
  Question question() throws IOException, InterruptedException {
    return question(1);
  }

  Question question(int phone) throws IOException, InterruptedException {
    return RunningPushgate.nextQuestion(phones.get(phone - 1));
  }

  DialogueUser approves() throws IOException, InterruptedException {
    return approves(1, null);
  }

  /** Approves on the first phone by a number or an option. */
  DialogueUser approves(String match) throws IOException, InterruptedException {
    return approves(1, match);
  }

  DialogueUser approves(int phone, @Nullable String match)
      throws IOException, InterruptedException {
    return isTaken(
        phones.get(phone - 1).approve(question(phone), match), Settlement.State.APPROVED);
  }

  DialogueUser denies() throws IOException, InterruptedException {
    return isTaken(phones.getFirst().deny(question()), Settlement.State.DENIED);
  }

  DialogueUser reports() throws IOException, InterruptedException {
    return isTaken(phones.getFirst().report(question()), Settlement.State.REPORTED);
  }

  private DialogueUser isTaken(Reply<Settlement.State> reply, Settlement.State as) {
    assertThat(reply).isEqualTo(new Reply.Done<>(as));
    return this;
  }

  /** Approves on the first phone without the number; the word of the refusal. */
  String triesToApproveWithout() throws IOException, InterruptedException {
    return switch (phones.getFirst().approve(question(), null)) {
      case Reply.Done<Settlement.State> done -> done.toString();
      case Reply.Refused<Settlement.State>(_, String code, _, _) -> code;
    };
  }

  /** Types a wrong number on the first phone. */
  DialogueUser typesWrongNumberOnPhone() throws IOException, InterruptedException {
    String wrong = number().replaceFirst("^.", number().startsWith("1") ? "2" : "1");
    assertThat(phones.getFirst().approve(question(), wrong))
        .isEqualTo(new Reply.Refused<>(422, "match", null, null));
    return this;
  }

  // What the user sees.

  /** No question is on any of the phones. */
  DialogueUser isAskedNothing() throws IOException, InterruptedException {
    for (int phone = 1; phone <= phones.size(); phone++) {
      var _ = isAskedNothing(phone);
    }
    return this;
  }

  DialogueUser isAskedNothing(int phone) throws IOException, InterruptedException {
    assertThat(phones.get(phone - 1).challenges(Duration.ZERO))
        .as("questions on phone %d", phone)
        .isEqualTo(new Reply.Done<>(List.of()));
    return this;
  }

  /** An Access-Accept; {@code factor} is what the audit says. */
  DialogueUser isLetIn(String factor) throws IOException {
    CheckedReply reply = reply();
    assertThat(reply.code()).as("code of '%s'", reply.message()).isEqualTo(CheckedReply.ACCEPT);
    assertThat(reply.types()).containsExactly(RawRequest.MESSAGE_AUTHENTICATOR);
    return audited("accept", factor, null);
  }

  /** An Access-Reject with these words; a gap in them is kept. */
  DialogueUser isRefused(String reason, String words) throws IOException {
    return isRefused(reason, words, "push");
  }

  DialogueUser isRefused(String reason, String words, @Nullable String factor) throws IOException {
    CheckedReply reply = reply();
    assertThat(reply.code()).as("code of '%s'", reply.message()).isEqualTo(CheckedReply.REJECT);
    readWords(reply, words);
    assertThat(reply.types()).containsExactly(RawRequest.MESSAGE_AUTHENTICATOR, REPLY_MESSAGE);
    return audited("reject", factor, reason);
  }

  /** The packet before the newest is refused with these words. */
  DialogueUser olderIsRefused(String words) {
    Sent older = sent.get(sent.size() - 2);
    CheckedReply reply = older.nas().reply(older.request());
    assertThat(reply.code()).isEqualTo(CheckedReply.REJECT);
    assertThat(reply.message()).isEqualTo(words);
    return this;
  }

  /** An Access-Challenge with these words, to be answered within so many seconds. */
  DialogueUser isPrompted(int seconds, String words) throws IOException {
    return isPrompted(reply(), seconds, words, List.of());
  }

  /** The same as FortiAuthenticator makes it. */
  DialogueUser isPromptedAsByFortinet(int seconds, String words) throws IOException {
    CheckedReply reply = reply();
    assertThat(HexFormat.of().formatHex(reply.value(VENDOR_SPECIFIC)))
        .as("Fortinet-FAC-Challenge-Code")
        .isEqualTo(FAC_CHALLENGE_CODE_001);
    return isPrompted(reply, seconds, words, List.of(VENDOR_SPECIFIC));
  }

  private DialogueUser isPrompted(
      CheckedReply reply, int seconds, String words, List<Integer> ofVendors) throws IOException {
    assertThat(reply.code()).as("code of '%s'", reply.message()).isEqualTo(CHALLENGE);
    readWords(reply, words);
    List<Integer> types =
        new ArrayList<>(
            List.of(
                RawRequest.MESSAGE_AUTHENTICATOR,
                REPLY_MESSAGE,
                RawRequest.STATE,
                SESSION_TIMEOUT,
                PROMPT));
    types.addAll(ofVendors);
    assertThat(reply.types()).isEqualTo(types);
    byte[] state = reply.value(RawRequest.STATE);
    assertThat(new String(state, StandardCharsets.US_ASCII)).matches("[A-Za-z0-9_-]{20,32}");
    assertThat(state).as("a State of its own").isNotEqualTo(stateLastSent);
    // The clock goes on between the prompt's making and its sending.
    assertThat(ByteBuffer.wrap(reply.value(SESSION_TIMEOUT)).getInt())
        .as("Session-Timeout")
        .isBetween(seconds - 1, seconds);
    assertThat(reply.value(PROMPT)).as("Prompt").isEqualTo(NO_ECHO);
    stateToSend = state;
    return audited("challenge", "push", null);
  }

  /** No reply has come to the newest packet, and a question is open. */
  DialogueUser waits() throws IOException, InterruptedException {
    var _ = question();
    assertThat(sent.getLast().nas().receive(Duration.ofMillis(1))).isEmpty();
    return this;
  }

  private CheckedReply reply() {
    Sent last = sent.getLast();
    return last.nas().reply(last.request());
  }

  private void readWords(CheckedReply reply, String words) {
    Matcher gap = GAP.matcher(words);
    if (!gap.find()) {
      assertThat(reply.message()).isEqualTo(words);
      return;
    }
    Matcher text =
        Pattern.compile(
                Pattern.quote(words.substring(0, gap.start()))
                    + "(.+)"
                    + Pattern.quote(words.substring(gap.end())))
            .matcher(reply.message());
    assertThat(text.matches()).as("'%s' is like '%s'", reply.message(), words).isTrue();
    shown = text.group(1);
  }

  /** The line of the audit on the newest reply. */
  private DialogueUser audited(String outcome, @Nullable String factor, @Nullable String reason)
      throws IOException {
    JsonNode line = audit().getLast();
    assertThat(List.of(text(line, "outcome"), text(line, "factor"), text(line, "reason")))
        .as("audit")
        .isEqualTo(List.of(outcome, String.valueOf(factor), String.valueOf(reason)));
    return this;
  }

  private static String text(JsonNode line, String field) {
    return line.path(field).asText();
  }

  /** What the audit says of this user's logins. */
  List<JsonNode> audit() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(server.folder().resolve("state/audit.jsonl"))) {
      JsonNode record = JSON.readTree(line);
      if (record.path("event").asText().equals("login")
          && record.path("user_name").asText().equals(name)) {
        lines.add(record);
      }
    }
    return lines;
  }

  @Override
  public void close() {
    sent.forEach(each -> each.nas().close());
  }
}
