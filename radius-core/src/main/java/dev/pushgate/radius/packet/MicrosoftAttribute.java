package dev.pushgate.radius.packet;

/** Microsoft's attributes for MS-CHAP and MPPE (RFC 2548). */
public final class MicrosoftAttribute {
  /** Microsoft's private enterprise number. */
  public static final int VENDOR = 311;

  public static final int MS_CHAP_RESPONSE = 1;
  public static final int MS_CHAP_ERROR = 2;
  public static final int MS_MPPE_ENCRYPTION_POLICY = 7;
  public static final int MS_MPPE_ENCRYPTION_TYPES = 8;
  public static final int MS_CHAP_CHALLENGE = 11;
  public static final int MS_MPPE_SEND_KEY = 16;
  public static final int MS_MPPE_RECV_KEY = 17;
  public static final int MS_CHAP2_RESPONSE = 25;
  public static final int MS_CHAP2_SUCCESS = 26;

  private MicrosoftAttribute() {}
}
