/** The challenges that are open here, and what becomes of them. */

import { Unreachable } from './server.js';
import { KeyLost } from './signing.js';

// How far our idea of the server's time may be off.
const CLOCK_SLACK_SECONDS = 2;

const OUTCOMES = {
  401: 'refused',
  404: 'unknown',
  409: 'settled',
  410: 'expired',
  422: 'mismatch',
};

/**
 * A challenge that waits for its answer.
 *
 * @typedef {object} OpenChallenge
 * @property {Account} account that is asked
 * @property {object} challenge as the server told it
 * @property {boolean} sending whether a verdict is on its way
 * @property {?{verdict: string, match: ?string, jws: ?string}} verdict last one given; kept to be sent again as it was
 * @property {?('unreachable' | 'too-many')} trouble why the last try to send it failed
 * @property {number} heldUntil server's time before which no verdict may be sent
 */

/**
 * How a challenge ended.
 *
 * @typedef {object} Outcome
 * @property {string} kind approved, denied, reported, settled, elsewhere, expired, unconfirmed, mismatch, unknown,
 *     refused, key-lost or malformed
 * @property {?string} state with settled: what the server says it was settled as
 */

/**
 * Where news of the challenges go.
 *
 * @typedef {object} Listener
 * @property {(opened: OpenChallenge[]) => void} opened
 * @property {(open: OpenChallenge) => void} changed
 * @property {(open: OpenChallenge, outcome: ?Outcome) => void} ended without an outcome when its account was removed
 * @property {(account: Account, why: 'refused' | 'key-lost') => void} lost the account can answer nothing any more
 */

/**
 * How an answer of the server ends a challenge.
 *
 * @param {Answer} answer to a verdict
 * @returns {?Outcome} null when the challenge is still open
 */
export function outcomeOf({ status, body }) {
  if (status === 429) {
    return null;
  }
  return status === 200 ? { kind: body.state } : { kind: OUTCOMES[status] ?? 'malformed', state: body?.state };
}

/** All open challenges, of all accounts. */
export class Challenges {
  #server;
  #listener;
  #open = new Map();
  #ended = new Set();

  /**
   * @param {Server} server
   * @param {Listener} listener
   */
  constructor(server, listener) {
    this.#server = server;
    this.#listener = listener;
  }

  /** How many wait for an answer. */
  get size() {
    return this.#open.size;
  }

  /**
   * Takes the list of the challenges that the server holds open for an account.
   *
   * @param {Account} account
   * @param {object[]} challenges
   */
  listed(account, challenges) {
    const held = new Set(challenges.map((challenge) => challenge.id));
    for (const open of [...this.#open.values()]) {
      if (open.account.device === account.device && !held.has(open.challenge.id)) {
        this.#missed(open);
      }
    }
    const opened = challenges.filter((challenge) => this.#isNew(challenge)).map((challenge) => {
      const open = { account, challenge, sending: false, verdict: null, trouble: null, heldUntil: 0 };
      this.#open.set(challenge.id, open);
      return open;
    });
    if (opened.length > 0) {
      this.#listener.opened(opened);
    }
  }

  /** Ends the challenges whose time is over. One whose verdict is on its way gets the server's answer instead. */
  expire() {
    for (const open of [...this.#open.values()]) {
      if (!open.sending && this.#isOver(open.challenge)) {
        // A verdict whose answer was lost may have let somebody in; nobody here can tell.
        this.#end(open, { kind: open.trouble === 'unreachable' ? 'unconfirmed' : 'expired' });
      }
    }
  }

  /**
   * Drops the challenges of an account that is removed.
   *
   * @param {string} device
   */
  forget(device) {
    for (const open of [...this.#open.values()]) {
      if (open.account.device === device) {
        this.#end(open, null);
      }
    }
  }

  /**
   * Answers a challenge. While an answer is on its way, others are not heard: a double tap sends once.
   *
   * @param {OpenChallenge} open
   * @param {'approve' | 'deny' | 'report'} verdict
   * @param {?string} match the number that the user typed, where the challenge wants one
   */
  async answer(open, verdict, match) {
    if (open.sending || this.#server.now() < open.heldUntil || !this.#open.has(open.challenge.id)) {
      return;
    }
    if (open.verdict?.verdict !== verdict || open.verdict.match !== match) {
      open.verdict = { verdict, match, jws: null };
    }
    open.sending = true;
    open.trouble = null;
    this.#listener.changed(open);
    try {
      this.#answered(open, await this.#server.sendVerdict(open.account, open.challenge, open.verdict));
    } catch (failure) {
      this.#failed(open, failure);
    }
  }

  #answered(open, answer) {
    const outcome = outcomeOf(answer);
    if (outcome) {
      this.#end(open, outcome);
    } else {
      open.heldUntil = this.#server.now() + answer.retryAfter;
      this.#pause(open, 'too-many');
    }
    if (answer.status === 401) {
      this.#listener.lost(open.account, 'refused');
    }
  }

  #failed(open, failure) {
    if (failure instanceof Unreachable) {
      this.#pause(open, 'unreachable');
    } else if (failure instanceof KeyLost) {
      this.#end(open, { kind: 'key-lost' });
      this.#listener.lost(open.account, 'key-lost');
    } else {
      throw failure;
    }
  }

  #pause(open, trouble) {
    open.sending = false;
    open.trouble = trouble;
    this.#listener.changed(open);
  }

  /** The server no longer holds it open. If our own verdict did that and only the answer was lost, we ask again. */
  #missed(open) {
    if (open.sending) {
      return;
    }
    if (open.trouble === 'unreachable') {
      this.answer(open, open.verdict.verdict, open.verdict.match);
    } else {
      this.#end(open, { kind: this.#isOver(open.challenge, CLOCK_SLACK_SECONDS) ? 'expired' : 'elsewhere' });
    }
  }

  #end(open, outcome) {
    if (!this.#open.delete(open.challenge.id)) {
      return;
    }
    if (outcome) {
      // Else another account of the same user may still be asked.
      this.#ended.add(open.challenge.id);
    }
    this.#listener.ended(open, outcome);
  }

  #isNew(challenge) {
    return !this.#open.has(challenge.id) && !this.#ended.has(challenge.id) && !this.#isOver(challenge);
  }

  #isOver(challenge, slack = 0) {
    return this.#server.now() + slack >= challenge.expires;
  }
}
