package dev.pushgate.radius.accounting;

/** Numbers of the attributes of a session (RFC 2866, 2869, 3162, 4818 and 6911). */
final class AccountingAttribute {
  static final int FRAMED_IP_ADDRESS = 8;
  static final int CLASS = 25;
  static final int ACCT_STATUS_TYPE = 40;
  static final int ACCT_DELAY_TIME = 41;
  static final int ACCT_INPUT_OCTETS = 42;
  static final int ACCT_OUTPUT_OCTETS = 43;
  static final int ACCT_SESSION_ID = 44;
  static final int ACCT_SESSION_TIME = 46;
  static final int ACCT_INPUT_PACKETS = 47;
  static final int ACCT_OUTPUT_PACKETS = 48;
  static final int ACCT_TERMINATE_CAUSE = 49;
  static final int ACCT_MULTI_SESSION_ID = 50;
  static final int ACCT_INPUT_GIGAWORDS = 52;
  static final int ACCT_OUTPUT_GIGAWORDS = 53;
  static final int EVENT_TIMESTAMP = 55;
  static final int FRAMED_IPV6_PREFIX = 97;
  static final int DELEGATED_IPV6_PREFIX = 123;
  static final int FRAMED_IPV6_ADDRESS = 168;

  private AccountingAttribute() {}
}
