/** What the app says to the server: one method for each request of the phone API, version 1. */

import { KeyLost, signJws } from './signing.js';

const PATIENCE_SECONDS = 15;
const RETRY_AFTER_SECONDS = 10;
/** Into a later second also for a page and a worker whose notions of the server's time differ by one. */
const NEXT_SECOND_MILLISECONDS = 2_100;

/** No answer, or not our server's: a broken connection, a server in trouble, a hotspot's login page. Worth a retry. */
export class Unreachable extends Error {}

/**
 * @typedef {object} Answer
 * @property {number} status of HTTP; refusals are answers too
 * @property {?object} body
 * @property {number} retryAfter seconds to leave the server in peace after a 429
 */

/**
 * The server at one base address.
 *
 * It signs with the server's time: a phone whose clock is off would be refused otherwise.
 */
export class Server {
  #base;
  #millisecondsAhead = null;

  /** @param {string} base address, without a slash at the end */
  constructor(base) {
    this.#base = base;
  }

  /** The server's time as far as we know it, in seconds since 1970. */
  now() {
    return (Date.now() + (this.#millisecondsAhead ?? 0)) / 1000;
  }

  /**
   * Asks what this server is, and what time it has.
   *
   * @returns {Promise<{api: number, service: string, time: number, webpush: ?object}>}
   * @throws {Unreachable}
   */
  async config() {
    const asked = Date.now();
    const { status, body } = await this.#ask('GET', '/v1/config');
    if (status !== 200 || !Number.isFinite(body?.time)) {
      throw new Unreachable('no configuration');
    }
    // The server tells whole seconds, so on average it is half a second later than it says.
    this.#millisecondsAhead = body.time * 1000 + 500 - (asked + Date.now()) / 2;
    return body;
  }

  /**
   * Enrols this device.
   *
   * @param {{privateKey: CryptoKey, jwk: object}} key
   * @param {string} code of the enrolment link
   * @param {string} name for this device
   * @param {string} password of the user, or empty
   * @returns {Promise<Answer>} 403 with the code `password-needed` when the link asks for it
   * @throws {Unreachable}
   */
  enrol(key, code, name, password) {
    return this.#signed(async () => {
      const header = { typ: 'pushgate-enroll+jwt', jwk: key.jwk };
      const payload = { aud: this.#base, iat: this.#iat(), code, name, push: { via: 'poll' }, ...(password ? { password } : {}) };
      return this.#post('/v1/devices', await signJws(key.privateKey, header, payload));
    });
  }

  /**
   * Asks for the open challenges of an account; the server answers when there is one, or when the wait is over.
   *
   * @param {Account} account
   * @param {number} wait seconds
   * @param {AbortSignal} signal
   * @returns {Promise<Answer>} a list, or 401 or 429
   * @throws {Unreachable}
   * @throws {KeyLost}
   */
  async challenges(account, wait, signal) {
    const patience = wait + PATIENCE_SECONDS;
    const answer = await this.#askAs(account, 'GET', '/v1/challenges', { query: `?wait=${wait}`, patience, signal });
    const isList = answer.status === 200 && Array.isArray(answer.body?.challenges);
    if (!isList && answer.status !== 401 && answer.status !== 429) {
      throw new Unreachable('no list of challenges');
    }
    return answer;
  }

  /**
   * Asks for one open challenge.
   *
   * @param {Account} account
   * @param {string} id of the challenge
   * @returns {Promise<Answer>} 404 also when it is another user's
   * @throws {Unreachable}
   * @throws {KeyLost}
   */
  challenge(account, id) {
    return this.#askAs(account, 'GET', `/v1/challenges/${encodeURIComponent(id)}`);
  }

  /**
   * Changes where the notifications for an account go.
   *
   * @param {Account} account
   * @param {object} push of the phone API
   * @returns {Promise<Answer>}
   * @throws {Unreachable}
   * @throws {KeyLost}
   */
  changePush(account, push) {
    return this.#signed(async (again) => {
      if (again) {
        // The server takes one change a second of a device.
        await new Promise((resolve) => setTimeout(resolve, NEXT_SECOND_MILLISECONDS));
      }
      const path = `/v1/devices/${encodeURIComponent(account.device)}/push`;
      return this.#send('PUT', path, await this.#signAs(account, 'pushgate-push+jwt', { push }));
    });
  }

  /**
   * Sends a verdict. Its JWS is kept in it, so that a second try says the very same: the server then repeats its first
   * answer, even if that was lost on the way.
   *
   * @param {Account} account
   * @param {{id: string, nonce: string}} challenge
   * @param {{verdict: string, match: ?string, jws: ?string}} verdict
   * @returns {Promise<Answer>}
   * @throws {Unreachable}
   * @throws {KeyLost}
   */
  sendVerdict(account, challenge, verdict) {
    return this.#signed(async (again) => {
      if (again || !verdict.jws) {
        verdict.jws = await this.#signVerdict(account, challenge, verdict);
      }
      return this.#post(`/v1/challenges/${encodeURIComponent(challenge.id)}/verdict`, verdict.jws);
    });
  }

  /**
   * Removes an account's device from the server.
   *
   * @param {Account} account
   * @returns {Promise<Answer>}
   * @throws {Unreachable}
   * @throws {KeyLost}
   */
  remove(account) {
    return this.#askAs(account, 'DELETE', `/v1/devices/${encodeURIComponent(account.device)}`);
  }

  #signVerdict(account, challenge, { verdict, match }) {
    return this.#signAs(account, 'pushgate-verdict+jwt', {
      challenge: challenge.id,
      nonce: challenge.nonce,
      verdict,
      ...(match ? { match } : {}),
    });
  }

  #askAs(account, method, path, { query = '', ...options } = {}) {
    return this.#signed(async () => {
      const bearer = await this.#signAs(account, 'pushgate-device+jwt', { htm: method, htu: path });
      return this.#ask(method, path + query, { headers: { Authorization: `Bearer ${bearer}` }, ...options });
    });
  }

  async #signAs(account, typ, claims) {
    if (!account.key) {
      throw new KeyLost('the account has no key');
    }
    const payload = { aud: account.base, iat: this.#iat(), ...claims };
    return signJws(account.key.privateKey, { typ, kid: account.device }, payload);
  }

  /** Sends what must be signed; after a 401, which may only mean a wrong clock, once more with the time read anew. */
  async #signed(send) {
    if (this.#millisecondsAhead === null) {
      await this.config();
    }
    const answer = await send(false);
    if (answer.status !== 401) {
      return answer;
    }
    await this.config();
    return send(true);
  }

  #iat() {
    return Math.floor(this.now());
  }

  #post(path, jws) {
    return this.#send('POST', path, jws);
  }

  #send(method, path, jws) {
    return this.#ask(method, path, { headers: { 'Content-Type': 'application/jose' }, body: jws });
  }

  async #ask(method, path, { headers, body, signal, patience = PATIENCE_SECONDS } = {}) {
    const stop = new AbortController();
    const giveUp = () => stop.abort();
    const timer = setTimeout(giveUp, patience * 1000);
    signal?.addEventListener('abort', giveUp);
    try {
      signal?.throwIfAborted();
      const request = { method, headers, body, signal: stop.signal, cache: 'no-store', redirect: 'error' };
      return await readAnswer(await fetch(this.#base + path, request));
    } catch (cause) {
      throw new Unreachable(`${method} ${path}`, { cause });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }
}

/** Reads an answer, and throws on one that is not our server's own. */
async function readAnswer(response) {
  const text = await response.text();
  const answer = { status: response.status, body: null, retryAfter: seconds(response.headers.get('Retry-After')) };
  if (response.status === 429 || response.status === 413 || response.status === 415) {
    // These may come from the HTTP server before the API has seen the request, and then without a body of ours.
    return answer;
  }
  answer.body = text === '' ? null : JSON.parse(text);
  if (!response.ok && typeof answer.body?.code !== 'string') {
    throw new Error(`status ${response.status} without a code`);
  }
  if (response.status >= 500) {
    throw new Error(`status ${response.status}`);
  }
  return answer;
}

function seconds(retryAfter) {
  const given = Number.parseInt(retryAfter, 10);
  return given > 0 ? given : RETRY_AFTER_SECONDS;
}
