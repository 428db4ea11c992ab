package dev.pushgate.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Enrolled;
import dev.pushgate.push.phone.PhoneAnswer;
import dev.pushgate.push.phone.PhoneRequests;
import dev.pushgate.push.phone.Question;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** The requests of docs/phone-api.md below {@code /v1}, from HTTP to {@link PhoneRequests}. */
final class PhoneApi {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9_-]{22,32}");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** One kind of request: what its path looks like, the one method it takes, and what is done. */
  private record Route(Pattern path, String method, Action action) {}

  private interface Action {
    /**
     * @param id the identifier in the path, or an empty text where there is none
     */
    Answer on(PhoneCall call, String id) throws IOException, InterruptedException;
  }

  private interface SignedAction {
    Answer on(PhoneCall call, String id, String jws) throws InterruptedException;
  }

  private final PhoneRequests phones;
  private final String service;
  private final Optional<String> webPushKey;
  private final InstantSource clock;
  private final Waits waits;
  private final List<Route> routes;

  PhoneApi(
      PhoneRequests phones,
      String service,
      Optional<String> webPushKey,
      InstantSource clock,
      Waits waits) {
    this.phones = phones;
    this.service = service;
    this.webPushKey = webPushKey;
    this.clock = clock;
    this.waits = waits;
    this.routes =
        List.of(
            route("/v1/challenges", "GET", this::challenges),
            route("/v1/challenges/ID", "GET", this::challenge),
            route("/v1/challenges/ID/verdict", "POST", signed(this::settle)),
            route("/v1/devices", "POST", signed(this::enrol)),
            route("/v1/devices/ID/push", "PUT", signed(this::changePush)),
            route("/v1/devices/ID", "DELETE", this::remove),
            route("/v1/config", "GET", this::config));
  }

  private static Route route(String path, String method, Action action) {
    return new Route(Pattern.compile(path.replace("ID", "([^/]+)")), method, action);
  }

  private static Action signed(SignedAction action) {
    return (call, id) ->
        switch (call.body()) {
          case PhoneCall.Body.Unusable(Answer answer) -> answer;
          case PhoneCall.Body.Jws(String jws) -> action.on(call, id, jws);
        };
  }

  /** The answer to a call, or empty where the API has no such path. */
  Optional<Answer> answer(PhoneCall call) throws IOException, InterruptedException {
    for (Route route : routes) {
      Matcher path = route.path().matcher(call.path());
      if (path.matches()) {
        return Optional.of(answer(call, route, path.groupCount() == 0 ? null : path.group(1)));
      }
    }
    return Optional.empty();
  }

  private static Answer answer(PhoneCall call, Route route, @Nullable String id)
      throws IOException, InterruptedException {
    if (!call.method().equals(route.method())) {
      return Refusals.methodNotAllowed(route.method());
    }
    if (id != null && !IDENTIFIER.matcher(id).matches()) {
      return Refusals.unknown();
    }
    return route.action().on(call, id == null ? "" : id);
  }

  private Answer enrol(PhoneCall call, String none, String jws) throws InterruptedException {
    return answer(HttpStatus.CREATED_201, phones.enrol(jws, call.from()), PhoneApi::enrolled);
  }

  private static ObjectNode enrolled(Enrolled enrolled) {
    return JSON.objectNode()
        .put("device", enrolled.device())
        .put("user", enrolled.user())
        .put("service", enrolled.service())
        .put("name", enrolled.name());
  }

  private Answer challenges(PhoneCall call, String none) throws InterruptedException {
    Optional<Duration> wait = call.wait(Duration.ofSeconds(55));
    if (wait.isEmpty()) {
      return Answer.problem(
          HttpStatus.BAD_REQUEST_400, "malformed", "wait is a whole number of seconds, 0 to 55");
    }
    return answer(
        HttpStatus.OK_200,
        waits.during(call, wait.get(), time -> phones.challenges(call.bearer(), call.path(), time)),
        PhoneApi::list);
  }

  private static ObjectNode list(List<Question> questions) {
    ArrayNode challenges = JSON.arrayNode();
    questions.forEach(question -> challenges.add(challenge(question)));
    return JSON.objectNode().set("challenges", challenges);
  }

  private Answer challenge(PhoneCall call, String id) throws InterruptedException {
    return answer(
        HttpStatus.OK_200, phones.challenge(call.bearer(), call.path(), id), PhoneApi::challenge);
  }

  private static ObjectNode challenge(Question question) {
    ObjectNode challenge =
        JSON.objectNode()
            .put("id", question.id())
            .put("nonce", question.nonce())
            .put("user", question.user())
            .put("service", question.service())
            .put("client", question.client())
            .put("from", question.from())
            .put("issued", question.issued().getEpochSecond())
            .put("expires", question.expires().getEpochSecond());
    putMatch(challenge, question);
    putWhy(challenge, question.notes());
    return challenge;
  }

  private static void putMatch(ObjectNode challenge, Question question) {
    if (question.digits() != 0) {
      challenge.put("match", "enter").put("digits", question.digits());
    } else if (question.options().isEmpty()) {
      challenge.put("match", "none");
    } else {
      ArrayNode options = challenge.put("match", "choose").putArray("options");
      question.options().forEach(options::add);
    }
  }

  private static void putWhy(ObjectNode challenge, ChallengeNotes notes) {
    if (!notes.newPlace() && !notes.manyRequests()) {
      return;
    }
    ArrayNode why = challenge.putArray("why");
    if (notes.newPlace()) {
      why.add("new-place");
    }
    if (notes.manyRequests()) {
      why.add("many-requests");
      challenge.put("requests", notes.requests());
    }
  }

  private Answer settle(PhoneCall call, String id, String jws) throws InterruptedException {
    return answer(HttpStatus.OK_200, phones.settle(id, jws), PhoneApi::settled);
  }

  private static ObjectNode settled(Settlement.State state) {
    return JSON.objectNode().put("state", state.word());
  }

  private Answer changePush(PhoneCall call, String id, String jws) throws InterruptedException {
    return answer(
        HttpStatus.OK_200,
        phones.changePush(id, jws),
        enrolled -> JSON.objectNode().put("device", enrolled.device()));
  }

  private Answer remove(PhoneCall call, String id) throws InterruptedException {
    return switch (phones.remove(call.bearer(), call.path(), id)) {
      case PhoneAnswer.Taken<String> taken -> Answer.empty(HttpStatus.NO_CONTENT_204);
      case PhoneAnswer.Refused<String>(var why) -> Refusals.of(why);
    };
  }

  private Answer config(PhoneCall call, String none) {
    ObjectNode config =
        JSON.objectNode()
            .put("api", 1)
            .put("service", service)
            .put("time", clock.instant().getEpochSecond());
    config.set(
        "webpush",
        webPushKey
            .<JsonNode>map(key -> JSON.objectNode().put("key", key))
            .orElseGet(JSON::nullNode));
    return Answer.json(HttpStatus.OK_200, config);
  }

  private static <T> Answer answer(
      int status, PhoneAnswer<T> answer, Function<T, ObjectNode> body) {
    return switch (answer) {
      case PhoneAnswer.Taken<T>(T value) -> Answer.json(status, body.apply(value));
      case PhoneAnswer.Refused<T>(var why) -> Refusals.of(why);
    };
  }
}
