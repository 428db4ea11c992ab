package dev.pushgate.radius.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.radius.user.Realms.Realm;
import dev.pushgate.radius.user.Realms.Split;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealmsTest {
  private static final Realm CORP =
      new Realm("corp", List.of("CORP", "corp.example.com"), List.of("ad"));
  private static final Realms REALMS =
      new Realms(List.of(CORP, new Realm("guests", List.of("gäste"), List.of())));

  @ParameterizedTest
  @CsvSource({
    "alice@corp, alice, corp",
    "Alice@CORP.Example.COM, Alice, corp",
    "CORP\\alice, alice, corp",
    "corp/alice, alice, corp",
    "eve@GÄSTE, eve, guests",
    // The last @ and the first backslash: what is left may have one of its own.
    "alice@home@corp, alice@home, corp",
    "corp\\alice@home, alice@home, corp",
    // One realm is taken off, once.
    "corp\\alice@corp, corp\\alice, corp",
    "alice, alice,",
    "alice@elsewhere, alice@elsewhere,",
    "ELSEWHERE\\alice, ELSEWHERE\\alice,",
    "alice@corp., alice@corp.,",
    "@corp, @corp,",
    "corp\\, corp\\,",
    "@, @,",
  })
  void split_takesOffWhatIsKnown(String userName, String user, String realm) {
    Split split = REALMS.split(userName);

    assertThat(split.user()).isEqualTo(user);
    assertThat(split.realm() == null ? null : split.realm().name()).isEqualTo(realm);
  }

  @Test
  void twoRealmsOfOneName_areRefused() {
    assertThatThrownBy(() -> new Realms(List.of(CORP, new Realm("x", List.of("Corp"), List.of()))))
        .hasMessage("two realms have the name Corp");
  }
}
