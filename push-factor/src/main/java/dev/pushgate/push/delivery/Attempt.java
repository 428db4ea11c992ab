package dev.pushgate.push.delivery;

import dev.pushgate.push.notifier.Receipt;

/** What came of wanting to hand a notice to a push service. */
sealed interface Attempt {

  /** It was tried. */
  record Made(Receipt receipt) implements Attempt {}

  /** It was not: the service has failed too often just now. */
  record CircuitOpen() implements Attempt {}

  /** It was not: when its turn came, nobody needed it any more. */
  record NotWanted() implements Attempt {}
}
