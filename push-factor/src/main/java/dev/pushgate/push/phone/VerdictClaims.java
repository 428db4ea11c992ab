package dev.pushgate.push.phone;

import dev.pushgate.push.challenge.SignedVerdict;
import dev.pushgate.push.challenge.Verdict;
import dev.pushgate.push.signed.JsonMembers;
import dev.pushgate.push.signed.MalformedException;
import dev.pushgate.push.signed.SignedMessage;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the payload of a verdict. */
final class VerdictClaims {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{2,8}");
  private static final Pattern OPTION = Pattern.compile("[A-Za-z0-9]{1,4}");

  private VerdictClaims() {}

  /**
   * @param challenge that the request is about
   * @param isByChoice whether {@code match} is an option of that challenge; else it is a number
   * @throws MalformedException when the payload is not that of a verdict on this challenge
   */
  static SignedVerdict read(SignedMessage message, String challenge, boolean isByChoice)
      throws MalformedException {
    JsonMembers claims = message.claims();
    if (!claims.text("challenge").equals(challenge)) {
      throw new MalformedException("'challenge' must be that of the path");
    }
    Verdict verdict =
        switch (claims.text("verdict")) {
          case "approve" -> Verdict.APPROVE;
          case "deny" -> Verdict.DENY;
          case "report" -> Verdict.REPORT;
          default -> throw new MalformedException("'verdict' must be approve, deny or report");
        };
    Optional<String> given = claims.textIfAny("match").map(VerdictClaims::withoutWhiteSpace);
    Optional<String> match = verdict == Verdict.APPROVE ? given : Optional.empty();
    if (match.isPresent() && !(isByChoice ? OPTION : NUMBER).matcher(match.get()).matches()) {
      throw new MalformedException(
          isByChoice
              ? "'match' must be one of the challenge's options"
              : "'match' must be 2 to 8 ASCII digits");
    }
    return new SignedVerdict(
        verdict,
        claims.text("nonce"),
        isByChoice ? Optional.empty() : match,
        isByChoice ? match : Optional.empty(),
        message.digest());
  }

  private static String withoutWhiteSpace(String text) {
    StringBuilder rest = new StringBuilder();
    text.codePoints()
        .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
        .forEach(rest::appendCodePoint);
    return rest.toString();
  }
}
