package dev.pushgate.push.device;

/** Whether a code's user has confirmed it with the password. */
enum Confirmation {
  NOT_NEEDED,
  GIVEN,
  MISSING,
  WRONG,
  UNAVAILABLE
}
