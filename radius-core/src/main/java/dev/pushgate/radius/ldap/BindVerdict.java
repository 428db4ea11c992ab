package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.PasswordExpiredControl;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ErrorType;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ResponseControl;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.UserSource.Cause;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the answer to a bind says of a password. */
sealed interface BindVerdict {

  /** It is right, and the user may come in. */
  record Right() implements BindVerdict {}

  /**
   * The user may not come in.
   *
   * @param reason safe to show
   */
  record Refused(Cause cause, String reason) implements BindVerdict {}

  /** The server has sent us elsewhere. */
  record Elsewhere(List<String> urls) implements BindVerdict {}

  /**
   * The directory does not say.
   *
   * @param reason safe to show
   */
  record Unclear(String reason) implements BindVerdict {}

  /** How Active Directory and Samba tell why; the number is a Windows error in hexadecimal. */
  Pattern SUB_CODE = Pattern.compile("AcceptSecurityContext error, data ([0-9a-fA-F]{1,8})\\b");

  /** Reads an answer. */
  static BindVerdict of(LDAPResult result) {
    try {
      ResultCode code = result.getResultCode();
      DraftBeheraLDAPPasswordPolicy10ResponseControl policy =
          DraftBeheraLDAPPasswordPolicy10ResponseControl.get(result);
      DraftBeheraLDAPPasswordPolicy10ErrorType error =
          policy == null ? null : policy.getErrorType();
      if (code.equals(ResultCode.SUCCESS)) {
        return ofRightPassword(error, PasswordExpiredControl.get(result) != null);
      }
      if (code.equals(ResultCode.REFERRAL)) {
        return new Elsewhere(List.of(result.getReferralURLs()));
      }
      return refused(result, error, PasswordExpiredControl.get(result) != null);
    } catch (LDAPException e) {
      return new Unclear("its answer has a control in it that cannot be read");
    }
  }

  private static BindVerdict ofRightPassword(
      @Nullable DraftBeheraLDAPPasswordPolicy10ErrorType error, boolean expiredControl) {
    if (error == DraftBeheraLDAPPasswordPolicy10ErrorType.PASSWORD_EXPIRED) {
      return new Refused(Cause.PASSWORD_EXPIRED, "the password has expired");
    }
    if (error == DraftBeheraLDAPPasswordPolicy10ErrorType.ACCOUNT_LOCKED) {
      return new Refused(Cause.LOCKED, "the account is locked");
    }
    return error != null || expiredControl
        ? new Refused(Cause.PASSWORD_MUST_CHANGE, "the password has been reset and must be changed")
        : new Right();
  }

  private static BindVerdict refused(
      LDAPResult result,
      @Nullable DraftBeheraLDAPPasswordPolicy10ErrorType error,
      boolean expiredControl) {
    String words = result.getDiagnosticMessage() == null ? "" : result.getDiagnosticMessage();
    ResultCode code = result.getResultCode();
    if (code.equals(ResultCode.INVALID_CREDENTIALS)) {
      return invalid(words, error, expiredControl);
    }
    if (code.equals(ResultCode.NO_SUCH_OBJECT)) {
      return new Refused(Cause.WRONG_PASSWORD, "there is no such entry");
    }
    if (code.equals(ResultCode.INAPPROPRIATE_AUTHENTICATION)) {
      return new Refused(Cause.WRONG_PASSWORD, "the entry has no password");
    }
    String folded = words.toLowerCase(Locale.ROOT);
    if (code.equals(ResultCode.CONSTRAINT_VIOLATION) && folded.contains("retry limit")) {
      return new Refused(Cause.LOCKED, "too many wrong passwords");
    }
    if (code.equals(ResultCode.UNWILLING_TO_PERFORM) && folded.contains("inactivated")) {
      return new Refused(Cause.DISABLED, "the account is inactivated");
    }
    return new Unclear(
        code.getName() + (words.isBlank() ? "" : " (" + UntrustedText.shown(words.strip()) + ")"));
  }

  private static BindVerdict invalid(
      String words,
      @Nullable DraftBeheraLDAPPasswordPolicy10ErrorType error,
      boolean expiredControl) {
    if (error == DraftBeheraLDAPPasswordPolicy10ErrorType.PASSWORD_EXPIRED || expiredControl) {
      return new Refused(Cause.PASSWORD_EXPIRED, "the password has expired");
    }
    if (error == DraftBeheraLDAPPasswordPolicy10ErrorType.CHANGE_AFTER_RESET) {
      return new Refused(
          Cause.PASSWORD_MUST_CHANGE, "the password has been reset and must be changed");
    }
    if (error == DraftBeheraLDAPPasswordPolicy10ErrorType.ACCOUNT_LOCKED) {
      return new Refused(Cause.LOCKED, "the account is locked");
    }
    Matcher matcher = SUB_CODE.matcher(words);
    return ofSubCode(matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "");
  }

  /**
   * Microsoft tells which of them come for a right password only: those of the password itself
   * among them ("LDAP Wiki: Common Active Directory Bind Errors"; Samba checks in the same order).
   */
  private static BindVerdict ofSubCode(String code) {
    return switch (code) {
      case "525" -> new Refused(Cause.WRONG_PASSWORD, "there is no such account (525)");
      case "530" -> new Refused(Cause.NOT_NOW, "the account may not log in at this time (530)");
      case "531" ->
          new Refused(Cause.NOT_NOW, "the account may not log in from this machine (531)");
      case "532" -> new Refused(Cause.PASSWORD_EXPIRED, "the password has expired (532)");
      case "533" -> new Refused(Cause.DISABLED, "the account is disabled (533)");
      case "701" -> new Refused(Cause.ACCOUNT_EXPIRED, "the account has expired (701)");
      case "773" -> new Refused(Cause.PASSWORD_MUST_CHANGE, "the password must be changed (773)");
      case "775" -> new Refused(Cause.LOCKED, "the account is locked (775)");
      default -> new Refused(Cause.WRONG_PASSWORD, "wrong password");
    };
  }
}
