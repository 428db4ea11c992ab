package dev.pushgate.radius.packet;

/** Numbers of the attributes that this server reads or writes (IANA radius-types). */
public final class AttributeType {
  public static final int USER_NAME = 1;
  public static final int USER_PASSWORD = 2;
  public static final int CHAP_PASSWORD = 3;
  public static final int NAS_PORT = 5;
  public static final int SERVICE_TYPE = 6;
  public static final int REPLY_MESSAGE = 18;
  public static final int STATE = 24;
  public static final int VENDOR_SPECIFIC = 26;
  public static final int SESSION_TIMEOUT = 27;
  public static final int CALLING_STATION_ID = 31;
  public static final int NAS_IDENTIFIER = 32;
  public static final int PROXY_STATE = 33;
  public static final int ACCT_DELAY_TIME = 41;
  public static final int ACCT_SESSION_ID = 44;
  public static final int EVENT_TIMESTAMP = 55;
  public static final int CHAP_CHALLENGE = 60;
  public static final int PROMPT = 76;
  public static final int EAP_MESSAGE = 79;
  public static final int MESSAGE_AUTHENTICATOR = 80;

  private AttributeType() {}
}
