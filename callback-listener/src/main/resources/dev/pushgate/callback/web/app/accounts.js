/** The accounts of this browser and their keys, kept in IndexedDB. */

import { makeKey } from './signing.js';

const ACCOUNTS = 'accounts';
const KEYS = 'keys';
const PENDING = 'pending';

/** This browser keeps nothing for us: private windows and blocked site data do that. */
export class StorageUnavailable extends Error {}

/**
 * @typedef {object} Account
 * @property {string} device identifier that the server gave this device for this user
 * @property {string} user
 * @property {string} service the name of what the user signs in to
 * @property {string} name of this device, as the user gave it
 * @property {string} base address it was enrolled at; the `aud` of all that it signs
 * @property {number} enrolled milliseconds since 1970
 * @property {?string} push where its notifications go, as the server was last told; JSON of the phone API's `push`
 * @property {?{privateKey: CryptoKey, jwk: object}} key null when it was lost
 */

/**
 * Accounts enrolled at one base address. Each address has a database of its own, because servers that differ only in
 * the path of their address share an origin.
 *
 * A connection is opened for each use: one kept open dies when a phone puts the page to sleep.
 */
export class Accounts {
  #database;
  #news;

  /** @param {string} base address of the server */
  constructor(base) {
    this.#database = `pushgate ${base}`;
    this.#news = new BroadcastChannel(this.#database);
  }

  /**
   * Calls back when another window of this browser has added or removed an account.
   *
   * @param {() => void} callback
   */
  onChangeElsewhere(callback) {
    this.#news.addEventListener('message', callback);
  }

  /**
   * All accounts, oldest first.
   *
   * @returns {Promise<Account[]>}
   * @throws {StorageUnavailable}
   */
  async all() {
    const accounts = await this.#transaction('readonly', (store) => requested(store(ACCOUNTS).getAll()));
    for (const account of accounts) {
      account.key = await this.#key(account.device);
    }
    return accounts.sort((a, b) => a.enrolled - b.enrolled);
  }

  /**
   * The key for the next enrolment. It is in storage before the code is spent, so that a browser which cannot keep
   * keys costs no code, and it stays the same until it is taken or refused, so that a try whose answer was lost can be
   * told from a new one.
   *
   * @returns {Promise<{privateKey: CryptoKey, jwk: object}>}
   * @throws {StorageUnavailable}
   */
  async pendingKey() {
    const kept = await this.#key(PENDING);
    if (kept) {
      return kept;
    }
    const made = await makeKey();
    await this.#transaction('readwrite', (store) => requested(store(KEYS).put(made, PENDING)));
    return made;
  }

  /** Forgets the pending key: the next enrolment makes another one. */
  async dropPendingKey() {
    await this.#transaction('readwrite', (store) => requested(store(KEYS).delete(PENDING)));
  }

  /**
   * Keeps an account; the pending key becomes its key.
   *
   * @param {Account} account
   */
  async add({ key, ...account }) {
    await this.#transaction('readwrite', (store) => {
      store(KEYS).put(key, account.device);
      store(KEYS).delete(PENDING);
      return requested(store(ACCOUNTS).put(account));
    });
    this.#news.postMessage('added');
  }

  /**
   * Keeps what the server was told of where the notifications for an account go.
   *
   * @param {string} device
   * @param {string} push
   */
  async keepPush(device, push) {
    await this.#transaction('readwrite', async (store) => {
      const account = await requested(store(ACCOUNTS).get(device));
      return account && requested(store(ACCOUNTS).put({ ...account, push }));
    });
  }

  /**
   * Forgets an account and its key.
   *
   * @param {string} device
   */
  async remove(device) {
    await this.#transaction('readwrite', (store) => {
      store(KEYS).delete(device);
      return requested(store(ACCOUNTS).delete(device));
    });
    this.#news.postMessage('removed');
  }

  /** One key a transaction: a key that the browser can no longer decrypt must not hide the others. */
  async #key(name) {
    try {
      const key = await this.#transaction('readonly', (store) => requested(store(KEYS).get(name)));
      return key?.privateKey instanceof CryptoKey ? key : null;
    } catch {
      return null;
    }
  }

  async #transaction(mode, work) {
    let database;
    try {
      database = await this.#open();
      const transaction = database.transaction([ACCOUNTS, KEYS], mode, { durability: 'strict' });
      const committed = completed(transaction);
      const result = await work((name) => transaction.objectStore(name));
      await committed;
      return result;
    } catch (cause) {
      throw new StorageUnavailable('IndexedDB failed', { cause });
    } finally {
      database?.close();
    }
  }

  #open() {
    const opening = indexedDB.open(this.#database, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(ACCOUNTS, { keyPath: 'device' });
      opening.result.createObjectStore(KEYS);
    };
    return requested(opening);
  }
}

function requested(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function completed(transaction) {
  const end = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  // A request that fails reports first; the abort that follows it is then nobody's news.
  end.catch(() => {});
  return end;
}
