package dev.pushgate.terminal;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/**
 * A QR code in block characters, two rows of modules to a line, dark on light whatever the colours
 * of the terminal are.
 */
public final class TerminalQrCode {
  private static final int QUIET_ZONE = 2;
  private static final String BLACK_ON_WHITE = "\u001b[30;107m";
  private static final String RESET = "\u001b[0m";

  private TerminalQrCode() {}

  /**
   * Draws a text as a QR code.
   *
   * @param text at most about 500 characters, or it fits no terminal
   * @return lines, each with its line break
   * @throws IllegalArgumentException when the text is too long
   */
  public static String of(String text) {
    BitMatrix modules = modules(text);
    StringBuilder drawing = new StringBuilder();
    for (int y = 0; y < modules.getHeight(); y += 2) {
      drawing.append(BLACK_ON_WHITE);
      for (int x = 0; x < modules.getWidth(); x++) {
        boolean upper = modules.get(x, y);
        boolean lower = y + 1 < modules.getHeight() && modules.get(x, y + 1);
        drawing.append(block(upper, lower));
      }
      drawing.append(RESET).append('\n');
    }
    return drawing.toString();
  }

  private static char block(boolean upper, boolean lower) {
    if (upper) {
      return lower ? '█' : '▀';
    }
    return lower ? '▄' : ' ';
  }

  private static BitMatrix modules(String text) {
    try {
      return new QRCodeWriter()
          .encode(
              text,
              BarcodeFormat.QR_CODE,
              0,
              0,
              Map.of(
                  EncodeHintType.MARGIN,
                  QUIET_ZONE,
                  EncodeHintType.ERROR_CORRECTION,
                  ErrorCorrectionLevel.L));
    } catch (WriterException e) {
      throw new IllegalArgumentException("a text of " + text.length() + " characters", e);
    }
  }
}
