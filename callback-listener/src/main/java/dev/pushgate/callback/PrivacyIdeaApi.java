package dev.pushgate.callback;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.push.phone.PhoneAnswer;
import dev.pushgate.push.phone.Refusal;
import dev.pushgate.push.privacyidea.EnrolmentLink;
import dev.pushgate.push.privacyidea.Form;
import dev.pushgate.push.privacyidea.PrivacyIdeaChallenge;
import dev.pushgate.push.privacyidea.PrivacyIdeaRequests;
import dev.pushgate.push.signed.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The one path that privacyIDEA Authenticator sends everything to, from HTTP to {@link
 * PrivacyIdeaRequests}. What it is answered has a form of its own.
 */
final class PrivacyIdeaApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final PrivacyIdeaRequests phones;

  PrivacyIdeaApi(PrivacyIdeaRequests phones) {
    this.phones = phones;
  }

  /** The answer to a call, or empty where it is for another path. */
  Optional<Answer> answer(PhoneCall call) throws IOException, InterruptedException {
    if (!call.path().equals(EnrolmentLink.PATH)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          switch (call.method()) {
            case "GET" -> polled(call);
            case "POST" -> posted(call);
            default ->
                error(HttpStatus.METHOD_NOT_ALLOWED_405, "use GET or POST")
                    .with(HttpHeader.ALLOW, "GET, POST");
          });
    } catch (MalformedException e) {
      return Optional.of(error(HttpStatus.BAD_REQUEST_400, e.detail()));
    }
  }

  private Answer polled(PhoneCall call) throws MalformedException, InterruptedException {
    Form query = Form.parse(call.query());
    return answer(phones.poll(query), PrivacyIdeaApi::list);
  }

  private Answer posted(PhoneCall call)
      throws MalformedException, IOException, InterruptedException {
    return switch (call.formBody()) {
      case PhoneCall.RawBody.Unusable(int status) -> error(status, HttpStatus.getMessage(status));
      // The app on iOS wakes the connection so before it says anything.
      case PhoneCall.RawBody.Nothing() -> result(true);
      case PhoneCall.RawBody.Octets(byte[] octets) ->
          // Octets beyond ASCII stay what they are not allowed to be.
          said(call, Form.parse(new String(octets, StandardCharsets.ISO_8859_1)));
    };
  }

  private Answer said(PhoneCall call, Form form) throws MalformedException, InterruptedException {
    if (form.has("enrollment_credential")) {
      return answer(phones.enrol(form, call.from()), PrivacyIdeaApi::enrolled);
    }
    if (form.has("new_fb_token")) {
      return answer(phones.updateToken(form), PrivacyIdeaApi::value);
    }
    if (form.has("nonce")) {
      return answer(phones.answer(form), PrivacyIdeaApi::value);
    }
    throw new MalformedException(
        "'enrollment_credential', 'new_fb_token' or 'nonce' must be there");
  }

  private static ObjectNode enrolled(String publicKey) {
    ObjectNode body = value(true);
    body.putObject("detail").put("public_key", publicKey);
    return body;
  }

  private static ObjectNode list(List<PrivacyIdeaChallenge> challenges) {
    ObjectNode body = JSON.objectNode();
    ArrayNode value = body.putObject("result").put("status", true).putArray("value");
    challenges.forEach(challenge -> value.add(challenge(challenge)));
    return body;
  }

  private static ObjectNode challenge(PrivacyIdeaChallenge challenge) {
    ObjectNode node =
        JSON.objectNode()
            .put("nonce", challenge.nonce())
            .put("question", challenge.question())
            .put("title", challenge.title())
            .put("serial", challenge.serial())
            .put("sslverify", PrivacyIdeaChallenge.SSL_VERIFY)
            .put("url", challenge.url())
            .put("signature", challenge.signature());
    challenge.requirePresence().ifPresent(options -> node.put("require_presence", options));
    return node;
  }

  private static ObjectNode value(boolean value) {
    ObjectNode body = JSON.objectNode();
    body.putObject("result").put("status", true).put("value", value);
    return body;
  }

  private static Answer result(boolean value) {
    return Answer.json(HttpStatus.OK_200, value(value));
  }

  private static <T> Answer answer(PhoneAnswer<T> answer, Function<T, ObjectNode> body) {
    return switch (answer) {
      case PhoneAnswer.Taken<T>(T value) -> Answer.json(HttpStatus.OK_200, body.apply(value));
      case PhoneAnswer.Refused<T>(var why) -> refusal(why);
    };
  }

  private static Answer refusal(Refusal why) {
    Answer known = Refusals.of(why);
    String message =
        switch (why) {
          case Refusal.Malformed(String detail) -> detail;
          case Refusal.Signature() -> "the token is unknown, or the signature or the time is wrong";
          case Refusal.CodeInvalid() -> "the enrolment is unknown, used or over";
          case Refusal.KeyKnown() -> "the key is known already";
          default -> HttpStatus.getMessage(known.status());
        };
    Answer answer = error(known.status(), message);
    String retryAfter = known.headers().get(HttpHeader.RETRY_AFTER);
    return retryAfter == null ? answer : answer.with(HttpHeader.RETRY_AFTER, retryAfter);
  }

  private static Answer error(int status, String message) {
    ObjectNode body = JSON.objectNode();
    body.putObject("result")
        .put("status", false)
        .putObject("error")
        .put("code", status)
        .put("message", message);
    return Answer.json(status, body);
  }
}
