package dev.pushgate.radius;

import static dev.pushgate.radius.ByHand.ACCESS_ACCEPT;
import static dev.pushgate.radius.ByHand.ACCESS_CHALLENGE;
import static dev.pushgate.radius.ByHand.ACCESS_REJECT;
import static dev.pushgate.radius.ByHand.HEADER;
import static dev.pushgate.radius.ByHand.MESSAGE_AUTHENTICATOR;
import static dev.pushgate.radius.ByHand.PROXY_STATE;
import static dev.pushgate.radius.ByHand.REPLY_MESSAGE;
import static dev.pushgate.radius.ByHand.STATE;
import static dev.pushgate.radius.ByHand.VENDOR_SPECIFIC;

import dev.pushgate.radius.ByHand.Attribute;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A reply that has been held against what RFC 2865, RFC 3579 and docs/radius-rules.md say of every
 * reply, whatever it answers.
 *
 * @param code of the reply
 * @param attributes in their order
 */
record JudgedReply(int code, List<Attribute> attributes) {
  private static final int SESSION_TIMEOUT = 27;
  private static final int IDLE_TIMEOUT = 28;
  private static final int PROMPT = 76;

  private static final Set<Integer> IN_A_REJECT =
      Set.of(MESSAGE_AUTHENTICATOR, REPLY_MESSAGE, VENDOR_SPECIFIC, PROXY_STATE);
  private static final Set<Integer> IN_A_CHALLENGE =
      Set.of(
          MESSAGE_AUTHENTICATOR,
          REPLY_MESSAGE,
          STATE,
          VENDOR_SPECIFIC,
          SESSION_TIMEOUT,
          IDLE_TIMEOUT,
          PROMPT,
          PROXY_STATE);

  /**
   * Judges a datagram as the reply to that request.
   *
   * @throws AssertionError when it breaks a rule
   */
  static JudgedReply of(byte[] reply, byte[] request, ByHand radius) {
    check(reply.length >= HEADER && reply.length <= ByHand.LONGEST, "20 to 4096 octets");
    check(ByHand.length(reply) == reply.length, "the datagram is as long as its Length");
    check(reply[1] == request[1], "the request's Identifier");
    byte[] requestAuthenticator = ByHand.authenticator(request);
    check(
        Arrays.equals(
            ByHand.authenticator(reply), radius.responseAuthenticator(reply, requestAuthenticator)),
        "a right Response Authenticator");
    List<Attribute> attributes =
        ByHand.attributes(reply)
            .orElseThrow(() -> new AssertionError("attributes do not add up to the Length"));
    check(
        !attributes.isEmpty() && attributes.getFirst().type() == MESSAGE_AUTHENTICATOR,
        "Message-Authenticator is the first attribute");
    check(
        ByHand.values(attributes, MESSAGE_AUTHENTICATOR).size() == 1
            && Arrays.equals(
                attributes.getFirst().value(),
                radius.messageAuthenticator(reply, requestAuthenticator, HEADER)),
        "one right Message-Authenticator");
    JudgedReply judged = new JudgedReply(reply[0] & 0xff, attributes);
    judged.checkProxyStates(ByHand.attributes(request).orElseThrow());
    judged.checkWhatItMayHold();
    return judged;
  }

  private void checkProxyStates(List<Attribute> request) {
    List<byte[]> asked = ByHand.values(request, PROXY_STATE);
    List<byte[]> returned = ByHand.values(attributes, PROXY_STATE);
    boolean same = asked.size() == returned.size();
    for (int i = 0; same && i < asked.size(); i++) {
      same = Arrays.equals(asked.get(i), returned.get(i));
    }
    check(same, "every Proxy-State of the request, unmodified and in order, and no other");
  }

  private void checkWhatItMayHold() {
    for (Attribute each : attributes) {
      switch (code) {
        case ACCESS_ACCEPT -> {}
        case ACCESS_REJECT ->
            check(
                IN_A_REJECT.contains(each.type()), "no attribute " + each.type() + " in a Reject");
        case ACCESS_CHALLENGE ->
            check(
                IN_A_CHALLENGE.contains(each.type()),
                "no attribute " + each.type() + " in a Challenge");
        default -> throw new AssertionError("a reply of code " + code);
      }
      if (each.type() == REPLY_MESSAGE) {
        check(
            each.value().length > 0 && isUtf8(each.value()), "a Reply-Message of whole characters");
      }
    }
  }

  private static boolean isUtf8(byte[] octets) {
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new AssertionError("broken: " + rule);
    }
  }

  /** Whether the user is let in. */
  boolean isAccept() {
    return code == ACCESS_ACCEPT;
  }

  /** All Reply-Messages in a row. */
  String message() {
    return new String(
        ByHand.joined(ByHand.values(attributes, REPLY_MESSAGE).toArray(byte[][]::new)),
        StandardCharsets.UTF_8);
  }
}
