/** Waiting for challenges, by one long poll for each account. */

import { Unreachable } from './server.js';
import { KeyLost } from './signing.js';

const WAIT_SECONDS = 50;
const SHORT_WAIT_SECONDS = 5;
// A browser opens six connections to a server that speaks HTTP/1.1 only. Two stay free for verdicts.
const POLLS_AT_ONCE = 4;
// Time from one poll to the next while a challenge is open.
const SHORTEST_ROUND = 2_000;
const LONGEST_BACK_OFF = 30_000;

/**
 * Where news of the waiting go.
 *
 * @typedef {object} Listener
 * @property {(account: Account, challenges: object[]) => void} listed the open challenges of an account
 * @property {(account: Account, why: 'refused' | 'key-lost') => void} lost no more is heard of this account
 * @property {(connected: boolean) => void} connection whether the server answers
 */

/** Waits for the challenges of some accounts. */
export class Waiting {
  #server;
  #listener;
  #stops = new Map();
  #disconnected = new Set();
  #turns = new Turns(POLLS_AT_ONCE);

  /**
   * @param {Server} server
   * @param {Listener} listener
   */
  constructor(server, listener) {
    this.#server = server;
    this.#listener = listener;
  }

  /**
   * Waits for these accounts and no others; where it waits already it goes on.
   *
   * @param {Account[]} accounts
   */
  waitFor(accounts) {
    const wanted = new Set(accounts.map((account) => account.device));
    // Where accounts must take turns, a poll begun before with a long wait would keep the others from theirs.
    const takesTurns = wanted.size > POLLS_AT_ONCE;
    for (const device of this.#stops.keys()) {
      if (takesTurns || !wanted.has(device)) {
        this.#stop(device);
      }
    }
    for (const account of accounts) {
      if (!this.#stops.has(account.device)) {
        this.#start(account);
      }
    }
  }

  /** Waits for nothing any more, until told anew. */
  stop() {
    this.waitFor([]);
  }

  #start(account) {
    const stop = new AbortController();
    this.#stops.set(account.device, stop);
    this.#watch(account, stop.signal);
  }

  #stop(device) {
    this.#stops.get(device).abort();
    this.#stops.delete(device);
    this.#setConnected(device, true);
  }

  async #watch(account, signal) {
    let failures = 0;
    let patient = true;
    while (!signal.aborted) {
      const begun = performance.now();
      let pause = 0;
      try {
        const answer = await this.#poll(account, patient, signal);
        failures = 0;
        patient = answer.body?.challenges?.length === 0;
        pause = answer.status === 429 ? answer.retryAfter * 1000 : 0;
      } catch (failure) {
        if (signal.aborted) {
          return;
        }
        if (failure instanceof KeyLost) {
          this.#lose(account, 'key-lost');
          return;
        }
        if (!(failure instanceof Unreachable)) {
          reportError(failure);
        }
        failures += 1;
        patient = false;
        pause = backOff(failures);
        this.#setConnected(account.device, false);
      }
      await sleep(Math.max(pause, begun + SHORTEST_ROUND - performance.now()), signal);
    }
  }

  /**
   * One request. It does not wait while a challenge is open, to see soon when that was answered on another device, nor
   * after a failure, to see soon that the server is back.
   */
  async #poll(account, patient, signal) {
    const answer = await this.#turns.take(() => {
      const longest = this.#stops.size > POLLS_AT_ONCE ? SHORT_WAIT_SECONDS : WAIT_SECONDS;
      return this.#server.challenges(account, patient ? longest : 0, signal);
    });
    if (signal.aborted) {
      return answer;
    }
    this.#setConnected(account.device, true);
    if (answer.status === 200) {
      this.#listener.listed(account, answer.body.challenges);
    } else if (answer.status === 401) {
      this.#lose(account, 'refused');
    }
    return answer;
  }

  #lose(account, why) {
    this.#stop(account.device);
    this.#listener.lost(account, why);
  }

  #setConnected(device, connected) {
    const before = this.#disconnected.size;
    if (connected) {
      this.#disconnected.delete(device);
    } else {
      this.#disconnected.add(device);
    }
    if ((before === 0) !== (this.#disconnected.size === 0)) {
      this.#listener.connection(this.#disconnected.size === 0);
    }
  }
}

/** Lets no more than so many run at once; the others take turns in the order in which they came. */
class Turns {
  #free;
  #queue = [];

  constructor(places) {
    this.#free = places;
  }

  async take(work) {
    if (this.#free > 0) {
      this.#free -= 1;
    } else {
      await new Promise((resolve) => this.#queue.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) {
        next();
      } else {
        this.#free += 1;
      }
    }
  }
}

/** Doubles with each failure; the jitter keeps a thousand phones from returning at the same moment. */
function backOff(failures) {
  const full = Math.min(LONGEST_BACK_OFF, 1000 * 2 ** (failures - 1));
  return full / 2 + (Math.random() * full) / 2;
}

function sleep(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
