package dev.pushgate.radius.user;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.radius.user.StoredPassword.Parsed;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredPasswordTest {
  private static final String FIRST_72 =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  /**
   * The argon2id vectors are those of phc-winner-argon2's src/test.c for version 0x13; the last two
   * lines were made with argon2-cffi 25.1, which binds that implementation.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "password $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "password $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "password $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "password $argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg",
        "grüße $argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$D7nl3Ou5IJ56s6aAStf7474UZpc+Vk+qBOX3s+qNnS0",
        "correct-horse $argon2id$v=19$m=19457,t=2,p=3$MDEyMzQ1Njc4OWFiY2RlZg$EsI3Zf6J8WeW/Q6YPvgS+Nx1NVPm5oOGhwZQt88Td6A",
      })
  void argon2idVector_matches(String password, String stored) {
    assertMatchesOnly(password, stored);
  }

  /**
   * The first three are of John the Ripper's BF_fmt.c ($2y$ and $2b$ give what $2a$ gives); the
   * others were made with the bcrypt package 5.0 of Python.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "U*U $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "U*U* $2y$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
        "U*U*U $2b$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
        "grüße $2b$10$abcdefghijklmnopqrstuuDlTuzQphC2dyjlUgzQEKNnHgSzicPWS",
        "correct-horse $2b$04$abcdefghijklmnopqrstuuPoaPXzWjiVz4HaNq2LJXksWbO79E.S6",
      })
  void bcryptVector_matches(String password, String stored) {
    assertMatchesOnly(password, stored);
  }

  /** As Apache's documentation of password formats has it, made by {@code htpasswd -nbB}. */
  @Test
  void hashOfHtpasswd_matches() {
    assertMatchesOnly("myPassword", "$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC");
  }

  /**
   * All but the last three are those of Drepper's specification, with the salts as they come out;
   * the others were made by {@code openssl passwd} 3.0.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello world!|$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
        "Hello world!|$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA",
        "This is just a test|$5$rounds=5000$toolongsaltstrin$Un/5jzAHMgOGZ5.mWJpuVolil07guHPvOW8mGRcvxa5",
        "a very much longer text to encrypt.  This one even stretches over morethan one line.|$5$rounds=1400$anotherlongsalts$Rx.j8H.h8HjEDGomFU8bDkXm3XIUnzyxf12oP84Bnq1",
        "we have a short salt string but not a short password|$5$rounds=77777$short$JiO1O3ZpDAxGJeaDIuqCoEFysAe1mZNJRs3pw0KQRd/",
        "a short string|$5$rounds=123456$asaltof16chars..$gP3VQ/6X7UUEW3HkBn2w1/Ptq2jxPyzV/cZKmF/wJvD",
        "the minimum number is still observed|$5$rounds=1000$roundstoolow$yfvwcWrQ8l/K0DAWyuPMDNHpIVlTQebY9l/gL972bIC",
        "Hello world!|$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
        "Hello world!|$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.",
        "This is just a test|$6$rounds=5000$toolongsaltstrin$lQ8jolhgVRVhY4b5pZKaysCLi0QBxGoNeKQzQ3glMhwllF7oGDZxUhx1yxdYcz/e1JSbq3y6JMxxl8audkUEm0",
        "a very much longer text to encrypt.  This one even stretches over morethan one line.|$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1",
        "we have a short salt string but not a short password|$6$rounds=77777$short$WuQyW2YR.hBNpjjRhpYD/ifIw05xdfeEyQoMxIXbkvr0gge1a1x3yRULJ5CCaUeOxFmtlcGZelFl5CxtgfiAc0",
        "a short string|$6$rounds=123456$asaltof16chars..$BtCwjqMJGx5hrJhZywWvt0RLE8uZ4oPwcelCjmw2kSYu.Ec6ycULevoBK25fs2xXgMNrCzIMVcgEJAstJeonj1",
        "the minimum number is still observed|$6$rounds=1000$roundstoolow$kUMsbe306n21p9R.FRkW3IGn.S9NPN0x50YhH1xhLsPuWGsUSklZt58jaTfF4ZEQpyUNGc0dqbpBYYBaHHrsX.",
        "correct-horse|$5$abcdefgh$c2mVCLYidsa6HKEE6QpfUhmYlOdnEqpMLEt282GtH27",
        "correct-horse|$6$abcdefghijklmnop$nmNyAaH/6gBRHJoLPwH1/AtpW5kLUN.F9idLxlyXJao/QMkkQWfPO87.ci./j.XYEWTw7OiynLl88jj3T2bDX1",
        "grüße|$6$abcd$L9aeAZ0BtjDUrFXBFYD65KESYgHxkw4o5/ezM9mkTscWg0Pmts/R3oEEnyW8U1lOIZcNiBTAh9T1/PJF1qyrO.",
      })
  void shaCryptVector_matches(String password, String stored) {
    assertMatchesOnly(password, stored);
  }

  /** Made by Python's {@code hashlib.pbkdf2_hmac}; the last two are written as passlib does it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "correct-horse $pbkdf2-sha256$i=600000,l=32$MDEyMzQ1Njc4OWFiY2RlZg$VNRPOEr4zUs4jphVXEjRyu4YgnpcmOuQcIb+aTY37hw",
        "correct-horse $pbkdf2-sha512$i=220000,l=64$MDEyMzQ1Njc4OWFiY2RlZg$l5Co9FhdMHDOXdAzxZGzUkFT8wjecEn02/8VV1LfDre9xbFAGZXxxwP9YBWf2aL4od7rowEuuI5Tl2IdixC83w",
        "grüße $pbkdf2-sha256$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNU",
        "password $pbkdf2-sha256$29000$....................AQ$VT6T00pTmhe2eaE9NpnNpVaUvNxvhgmhjU5fSgsEH64",
        "password $pbkdf2-sha512$25000$....................AQ$bT82.4ErmZwZXD0jHQWUUWmIXZf5cagsvUPDhCCpRvNOwP4PNbXw48UYTvCf33fCtQjlR9T8mm0mHy0ikl3N5g",
      })
  void pbkdf2Vector_matches(String password, String stored) {
    assertMatchesOnly(password, stored);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$6$abcdefghijklmnop$nmNyAaH/6gBRHJoLPwH1/AtpW5kLUN.F9idLxlyXJao/QMkkQWfPO87.ci./j.XYEWTw7OiynLl88jj3T2bDX1|sha512-crypt with 5000 rounds is weaker than PBKDF2 with 220000 iterations",
        "$5$abcdefgh$c2mVCLYidsa6HKEE6QpfUhmYlOdnEqpMLEt282GtH27|sha256-crypt with 5000 rounds is weaker than PBKDF2 with 600000 iterations",
        "$6$rounds=220000$abcdefgh$nmNyAaH/6gBRHJoLPwH1/AtpW5kLUN.F9idLxlyXJao/QMkkQWfPO87.ci./j.XYEWTw7OiynLl88jj3T2bDX1|",
        "$pbkdf2-sha256$i=600000$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNU|",
        "$pbkdf2-sha256$29000$....................AQ$VT6T00pTmhe2eaE9NpnNpVaUvNxvhgmhjU5fSgsEH64|pbkdf2-sha256 with 29000 iterations is weaker than with 600000",
      })
  void hashByTooFewRounds_isWeak(String stored, @Nullable String weakness) {
    assertThat(stored(stored).weakness()).isEqualTo(Optional.ofNullable(weakness));
  }

  /**
   * clientPass is of RFC 2759 section 9.2, MyPw of RFC 2433 appendix B.2; the others are known from
   * every list of NT hashes and made with passlib 1.7.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "clientPass {NT}44EBBA8D5312B8D611474411F56989AE",
        "MyPw {NT}FC156AF7EDCD6C0EDDE3337D427F4EAC",
        "password {NT}8846F7EAEE8FB117AD06BDD830B7586C",
        "password {NT}8846f7eaee8fb117ad06bdd830b7586c",
        "grüße {NT}3c681b289f386d2175d511e18e7d15c1",
      })
  void ntVector_matches(String password, String stored) {
    assertMatchesOnly(password, stored);
  }

  @ParameterizedTest
  @ValueSource(strings = {"correct-horse", "grüße", "{NT}", "a b", "\u20ac"})
  void cleartext_matches(String password) {
    assertMatchesOnly(password, "{CLEARTEXT}" + password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$D7nl3Ou5IJ56s6aAStf7474UZpc+Vk+qBOX3s+qNnS0",
        "$2b$10$abcdefghijklmnopqrstuuDlTuzQphC2dyjlUgzQEKNnHgSzicPWS",
        "$6$abcd$L9aeAZ0BtjDUrFXBFYD65KESYgHxkw4o5/ezM9mkTscWg0Pmts/R3oEEnyW8U1lOIZcNiBTAh9T1/PJF1qyrO.",
        "$pbkdf2-sha256$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNU",
        "{NT}3c681b289f386d2175d511e18e7d15c1",
        "{CLEARTEXT}grüße",
      })
  void passwordInLatin1_matchesItsHashInUtf8(String text) {
    StoredPassword stored = stored(text);

    assertThat(stored.matches("grüße".getBytes(UTF_8))).isTrue();
    assertThat(stored.matches("grüße".getBytes(ISO_8859_1))).isTrue();
    assertThat(stored.matches("grösse".getBytes(ISO_8859_1))).isFalse();
  }

  /** The two characters are C3 BC in Latin-1, which is valid UTF-8 for another one. */
  @Test
  void passwordInLatin1ThatIsValidUtf8ByChance_matches() {
    StoredPassword stored = stored("{NT}b9f5deef70589698d4ea4fc62ce176a1");

    assertThat(stored.matches("Ã¼".getBytes(ISO_8859_1))).isTrue();
    assertThat(stored.matches("Ã¼".getBytes(UTF_8))).isTrue();
    assertThat(stored("{CLEARTEXT}ü").matches("ü".getBytes(UTF_8))).isTrue();
  }

  /** The vector and its remark "chars after 72 are ignored" are of John the Ripper's BF_fmt.c. */
  @Test
  void bcrypt_ignoresWhatIsBehind72OctetsLikeHtpasswd() {
    StoredPassword stored = stored("$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui");

    assertThat(stored.matches((FIRST_72 + "chars after 72 are ignored").getBytes(UTF_8))).isTrue();
    assertThat(stored.matches(FIRST_72.getBytes(UTF_8))).isTrue();
    assertThat(stored.matches(FIRST_72.substring(1).getBytes(UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$2x$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e",
        "$1$salt$hash",
        "$7$salt$hash",
        "$pbkdf2$1000$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnc",
        "$pbkdf2-sha1$1000$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnc",
        "$apr1$salt$hash",
        "{nt}8846F7EAEE8FB117AD06BDD830B7586C",
        "{cleartext}hunter2",
      })
  void unknownScheme_isToldApart(String value) {
    assertThat(StoredPassword.parse(value)).isEqualTo(new Parsed.UnknownScheme());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1,keyid=a$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=9999999999,t=9999999999,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQ",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4=",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$A",
        "$2a$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2a$05$CCCCCCCCCCCCCCCCCCCCCCE5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeX",
        "$6$salt$hash",
        "$6$abcdefghijklmnopq$nmNyAaH/6gBRHJoLPwH1/AtpW5kLUN.F9idLxlyXJao/QMkkQWfPO87.ci./j.XYEWTw7OiynLl88jj3T2bDX1",
        "$6$$nmNyAaH/6gBRHJoLPwH1/AtpW5kLUN.F9idLxlyXJao/QMkkQWfPO87.ci./j.XYEWTw7OiynLl88jj3T2bDX1",
        "$6$ab:d$nmNyAaH/6gBRHJoLPwH1/AtpW5kLUN.F9idLxlyXJao/QMkkQWfPO87.ci./j.XYEWTw7OiynLl88jj3T2bDX1",
        "$6$abcd$nmNyAaH/6gBRHJoLPwH1/AtpW5kLUN.F9idLxlyXJao/QMkkQWfPO87.ci./j.XYEWTw7OiynLl88jj3T2bDX",
        "$6$abcd$nmNyAaH/6gBRHJoLPwH1/AtpW5kLUN.F9idLxlyXJao/QMkkQWfPO87.ci./j.XYEWTw7OiynLl88jj3T2bDX2",
        "$5$abcd$c2mVCLYidsa6HKEE6QpfUhmYlOdnEqpMLEt282GtH2E",
        "$5$abcd$c2mVCLYidsa6HKEE6QpfUhmYlOdnEqpMLEt282GtH27A",
        "$5$abcd$nmNyAaH/6gBRHJoLPwH1/AtpW5kLUN.F9idLxlyXJao/QMkkQWfPO87.ci./j.XYEWTw7OiynLl88jj3T2bDX1",
        "$5$rounds=999$abcd$c2mVCLYidsa6HKEE6QpfUhmYlOdnEqpMLEt282GtH27",
        "$5$rounds=5000001$abcd$c2mVCLYidsa6HKEE6QpfUhmYlOdnEqpMLEt282GtH27",
        "$5$rounds=05000$abcd$c2mVCLYidsa6HKEE6QpfUhmYlOdnEqpMLEt282GtH27",
        "$5$rounds=9999999999$abcd$c2mVCLYidsa6HKEE6QpfUhmYlOdnEqpMLEt282GtH27",
        "$5$rounds=5000$c2mVCLYidsa6HKEE6QpfUhmYlOdnEqpMLEt282GtH27",
        "$pbkdf2-sha256$hash",
        "$pbkdf2-sha256$i=999$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNU",
        "$pbkdf2-sha256$i=5000001$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNU",
        "$pbkdf2-sha256$i=9999999999$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNU",
        "$pbkdf2-sha256$i=1000,l=31$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNU",
        "$pbkdf2-sha256$1000,l=32$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNU",
        "$pbkdf2-sha256$i=1000,k=1$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNU",
        "$pbkdf2-sha256$i=1000$MDEyMzQ1Njc$Iqh0iT1oEB94KpDO2s",
        "$pbkdf2-sha256$i=1000$c29t$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNU",
        "$pbkdf2-sha256$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNUAA",
        "$pbkdf2-sha512$i=2000001$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNU",
        "{NT}8846F7EAEE8FB117AD06BDD830B7586G",
        "{CLEARTEXT}a\0b",
      })
  void damagedValue_isUnusable(String value) {
    assertThat(StoredPassword.parse(value)).isInstanceOf(Parsed.Unusable.class);
  }

  @Test
  void newHash_isArgon2idWithTheParametersOfTheDesignAndMatches() {
    Argon2id made = Argon2id.hash("correct-horse".toCharArray(), new SecureRandom());

    assertThat(made.text())
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    assertThat(made.weakness()).isEmpty();
    assertMatchesOnly("correct-horse", made.text());
  }

  @Test
  void newHashes_haveDifferentSalts() {
    SecureRandom random = new SecureRandom();

    assertThat(Argon2id.hash("correct-horse".toCharArray(), random).text())
        .isNotEqualTo(Argon2id.hash("correct-horse".toCharArray(), random).text());
  }

  @Test
  void passwordThatRadiusCannotCarry_isRefused() {
    assertThat(Argon2id.objectionTo("correct-horse".toCharArray())).isEmpty();
    assertThat(Argon2id.objectionTo("ü".repeat(64).toCharArray())).isEmpty();
    assertThat(Argon2id.objectionTo(new char[0]))
        .contains("a password must not be empty and must not hold a NUL");
    assertThat(Argon2id.objectionTo("a\0b".toCharArray()))
        .contains("a password must not be empty and must not hold a NUL");
    assertThat(Argon2id.objectionTo("ü".repeat(65).toCharArray()))
        .contains("a password has at most 128 octets in UTF-8, this one 130");
    assertThat(Argon2id.objectionTo("\ud83d".toCharArray()))
        .contains("a password must not hold half of a character");
    assertThatThrownBy(() -> Argon2id.hash(new char[0], new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "$2b$04$abcdefghijklmnopqrstuuPoaPXzWjiVz4HaNq2LJXksWbO79E.S6",
        "$6$rounds=1000$roundstoolow$kUMsbe306n21p9R.FRkW3IGn.S9NPN0x50YhH1xhLsPuWGsUSklZt58jaTfF4ZEQpyUNGc0dqbpBYYBaHHrsX.",
        "$5$abcdefgh$c2mVCLYidsa6HKEE6QpfUhmYlOdnEqpMLEt282GtH27",
        "$pbkdf2-sha256$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNU",
        "{NT}8846F7EAEE8FB117AD06BDD830B7586C",
        "{CLEARTEXT}hunter2",
      })
  void decoy_costsTheSameAndMatchesNobody(String text) {
    StoredPassword stored = stored(text);
    StoredPassword decoy = stored.decoy();

    assertThat(decoy.cost()).isEqualTo(stored.cost());
    assertThat(decoy.toString()).isEqualTo(stored.toString());
    assertThat(decoy.matches("password".getBytes(UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2b$10$abcdefghijklmnopqrstuuDlTuzQphC2dyjlUgzQEKNnHgSzicPWS",
        "$6$abcd$L9aeAZ0BtjDUrFXBFYD65KESYgHxkw4o5/ezM9mkTscWg0Pmts/R3oEEnyW8U1lOIZcNiBTAh9T1/PJF1qyrO.",
        "$pbkdf2-sha256$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$Iqh0iT1oEB94KpDO2spw4u3VMnco1nroF8swjvFzUNU",
      })
  void matching_leavesThePasswordAsItIs(String text) {
    byte[] octets = "grüße".getBytes(UTF_8);

    assertThat(stored(text).matches(octets)).isTrue();
    assertThat(octets).isEqualTo("grüße".getBytes(UTF_8));
  }

  private static void assertMatchesOnly(String password, String text) {
    StoredPassword stored = stored(text);
    assertThat(stored.matches(password.getBytes(UTF_8))).isTrue();
    assertThat(stored.matches((password + "x").getBytes(UTF_8))).isFalse();
    assertThat(stored.matches(password.substring(1).getBytes(UTF_8))).isFalse();
    assertThat(stored.text()).isEqualToIgnoringCase(text);
    assertThat(stored.toString()).doesNotContain(text.substring(text.length() - 6));
  }

  private static StoredPassword stored(String text) {
    Parsed parsed = StoredPassword.parse(text);
    assertThat(parsed).isInstanceOf(Parsed.Stored.class);
    return ((Parsed.Stored) parsed).password();
  }
}
