package dev.pushgate.push.phone;

import dev.pushgate.radius.Login;

/** Is told when a user refuses a login on the phone, before the phone is told that it counts. */
public interface RefusalListener {
  /** Does nothing. */
  RefusalListener NONE =
      new RefusalListener() {
        @Override
        public void denied(Login login) {}

        @Override
        public void reported(Login login) {}
      };

  /** The user said no, or typed a wrong number; may block. */
  void denied(Login login) throws InterruptedException;

  /** The user said that somebody else signs in; may block. */
  void reported(Login login) throws InterruptedException;
}
