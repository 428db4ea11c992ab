package dev.pushgate.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalQrCodeTest {
  private static final int PIXELS = 8;

  @Test
  void drawing_asACameraSeesIt_readsAsTheText() throws Exception {
    String text = "https://[2001:db8::1]:4433/enroll#ABCDE-FGHIJ-KLMNO-PQRST-UVWXY-Z";
    assertThat(read(TerminalQrCode.of(text))).isEqualTo(text);
  }

  /** Paints the block characters as pixels and lets ZXing's reader look at them. */
  private static String read(String drawing) throws Exception {
    List<String> lines =
        drawing.lines().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).toList();
    int width = lines.getFirst().length() * PIXELS;
    int height = lines.size() * 2 * PIXELS;
    int[] pixels = new int[width * height];
    for (int y = 0; y < height; y++) {
      String line = lines.get(y / PIXELS / 2);
      boolean upper = y / PIXELS % 2 == 0;
      for (int x = 0; x < width; x++) {
        char block = line.charAt(x / PIXELS);
        boolean dark = block == '█' || block == (upper ? '▀' : '▄');
        pixels[y * width + x] = dark ? 0xff000000 : 0xffffffff;
      }
    }
    LuminanceSource picture = new RGBLuminanceSource(width, height, pixels);
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(picture))).getText();
  }
}
