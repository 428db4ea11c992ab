package dev.pushgate.radius.user;

/** Is told of the passwords that proved right by PAP. */
@FunctionalInterface
public interface RightPasswords {

  /**
   * A login has shown the right password; must not block.
   *
   * @param account whose it is, as the check found it
   */
  void proved(Account account, Password.Pap password);
}
