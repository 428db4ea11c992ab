package dev.pushgate.radius.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.user.Password;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppendedFactorTest {

  private static Password.Pap typed(String text) {
    return new Password.Pap(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secret,123456              | secret  | 123456",
        "secret,12345678            | secret  | 12345678",
        "secret, 123456             | secret  | 123456",
        "secret,push                | secret  | push",
        "secret,PUSH                | secret  | PUSH",
        "secret,push2               | secret  | push2",
        "secret,push 2              | secret  | push 2",
        "secret,abcd-2345-efgh-WXYZ | secret  | abcd-2345-efgh-WXYZ",
        "a,b,123456                 | a,b     | 123456",
        "pässwörd,123456            | pässwörd | 123456",
        ",,123456                   | ,       | 123456",
      })
  void whatHasTheFormOfAFactor_isSplitOff(String text, String password, String appended) {
    AppendedFactor split = AppendedFactor.of(typed(text)).orElseThrow();

    assertThat(new String(split.password().octets(), StandardCharsets.UTF_8)).isEqualTo(password);
    assertThat(split.appended()).isEqualTo(appended);
    assertThat(split.toString()).doesNotContain(appended).doesNotContain(password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "secret,",
        "123456",
        ",123456",
        "secret,12345",
        "secret,1234567",
        "secret,123456,",
        "secret,pushy",
        "secret,push 123",
        "secret,١٢٣٤٥٦",
        "secret,abcd-2345-efgh",
        "secret,abcd-2345-efgh-WXY1",
        "secret;123456",
      })
  void otherPasswords_stayWhole(String text) {
    assertThat(AppendedFactor.of(typed(text))).isEmpty();
  }
}
