/** Whether notifications come to this browser, and what stands in their way. */

import { belongsOnHomeScreen } from './platform.js';
import { PushAddresses } from './push-addresses.js';
import { subscribe, unsubscribe } from './subscription.js';

/**
 * How it stands: `none` (the server has no Web Push, or there is no account), `home-screen` (an iPhone or iPad gives
 * them only to apps on its Home Screen), `unsupported`, `untrusted` (no worker runs where the browser does not trust
 * the certificate), `ask`, `denied`, `failed` or `on`.
 *
 * @typedef {string} NotificationState
 */

/** Subscribes where it may, and keeps the server told. The app polls all the same while it is seen. */
export class Notifications {
  #base;
  #addresses;
  #changed;
  #key;
  #accounts;
  #work = Promise.resolve();

  /** @type {NotificationState} */
  state = 'none';

  /**
   * @param {string} base address of the server
   * @param {Server} server
   * @param {Accounts} accounts
   * @param {(state: NotificationState) => void} changed
   */
  constructor(base, server, accounts, changed) {
    this.#base = base;
    this.#addresses = new PushAddresses(server, accounts);
    this.#changed = changed;
  }

  /**
   * Takes what the server says of itself.
   *
   * @param {?{key: string}} webPush null where it has none
   */
  serverHas(webPush) {
    this.#key = webPush?.key ?? null;
    return this.refresh();
  }

  /**
   * Takes the accounts of this browser.
   *
   * @param {Account[]} accounts
   */
  accountsAre(accounts) {
    this.#accounts = accounts;
    return this.refresh();
  }

  /** Asks the user for permission; to be called from a click. */
  async ask() {
    await Notification.requestPermission();
    await this.refresh();
  }

  /** Looks anew how it stands, once server and accounts have been heard of. One look at a time: two would each tell the server. */
  refresh() {
    this.#work = this.#work.then(async () => {
      this.state = await this.#settle().catch(() => 'failed');
      this.#changed(this.state);
    });
    return this.#work;
  }

  /**
   * Takes the notification of a challenge off the screen.
   *
   * @param {string} challenge
   */
  async close(challenge) {
    const registration = await navigator.serviceWorker?.getRegistration(`${this.#base}/`).catch(() => null);
    for (const shown of (await registration?.getNotifications({ tag: challenge })) ?? []) {
      shown.close();
    }
  }

  async #settle() {
    if (this.#key === undefined || this.#accounts === undefined) {
      // A server or accounts not heard of yet are no reason to give up a subscription.
      return 'none';
    }
    const obstacle = this.#obstacle();
    if (obstacle) {
      await this.#goBackToPolling();
      return obstacle;
    }
    let registration;
    try {
      registration = await navigator.serviceWorker.register(`${this.#base}/worker.js`,
        { type: 'module', scope: `${this.#base}/`, updateViaCache: 'none' });
    } catch (failure) {
      return failure.name === 'SecurityError' ? 'untrusted' : 'failed';
    }
    if (Notification.permission !== 'granted') {
      await this.#addresses.tell(this.#accounts, null);
      return Notification.permission === 'denied' ? 'denied' : 'ask';
    }
    const address = await subscribe((await activated(registration)).pushManager, this.#key);
    return (await this.#addresses.tell(this.#accounts, address)) ? 'on' : 'failed';
  }

  #obstacle() {
    if (!this.#key || this.#accounts.length === 0) {
      return 'none';
    }
    if (belongsOnHomeScreen()) {
      return 'home-screen';
    }
    const isThere = 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
    return isThere ? null : 'unsupported';
  }

  /** Without accounts, pushes would still come for those that were removed here only. */
  async #goBackToPolling() {
    const registration = await navigator.serviceWorker?.getRegistration(`${this.#base}/`).catch(() => null);
    if (this.#accounts.length === 0 || !registration?.pushManager) {
      await (registration?.pushManager && unsubscribe(registration.pushManager));
      return;
    }
    await this.#addresses.tell(this.#accounts, null);
  }
}

/** A browser subscribes only for a worker that is active. */
function activated(registration) {
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (registration.active) {
        resolve(registration);
      } else if (worker.state === 'redundant') {
        reject(new Error('the worker did not start'));
      }
    };
    worker.addEventListener('statechange', look);
    look();
  });
}
