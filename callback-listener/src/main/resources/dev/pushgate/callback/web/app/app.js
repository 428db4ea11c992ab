/** The app: which page is shown, and who hears of what. */

import { StorageUnavailable } from './accounts.js';
import { codeInFragment } from './address.js';
import { Challenges } from './challenges.js';
import { enrol, forgetCode, keepCode, keptCode } from './enrolment.js';
import { Notifications } from './notifications.js';
import { belongsOnHomeScreen, likelyDeviceName } from './platform.js';
import { Unreachable } from './server.js';
import { KeyLost } from './signing.js';
import { AccountList } from './views/account-list.js';
import { ChallengeBoard } from './views/challenge-board.js';
import { EnrolmentForm } from './views/enrolment-form.js';
import { HomeScreenSteps } from './views/home-screen-steps.js';
import { IdlePanel } from './views/idle-panel.js';
import { NotificationPanel } from './views/notification-panel.js';
import { visible } from './visible.js';
import { Waiting } from './waiting.js';
import { words } from './words.js';

const ASK_SERVICE_AGAIN_MILLISECONDS = 5_000;

/** Everything that happens on the page. */
export class App {
  #base;
  #server;
  #accounts;
  #waiting;
  #challenges;

  #known = [];
  #lost = new Map();
  #code = '';
  #wantsToAdd = false;
  #staysInBrowser = false;
  #deviceName = '';
  #service = '';
  #serviceTimer = null;
  #unconnected = new Set();
  #wantedChallenge = null;

  #board;
  #idle = new IdlePanel();
  #notifications;
  #notificationPanel = new NotificationPanel(() => this.#notifications.ask());
  #list;
  #shown = { page: '' };
  #connectionLine = document.getElementById('connection');
  #noticeLine = document.getElementById('notice');
  #pageRegion = document.getElementById('page');
  #serviceLine = document.getElementById('service');

  /**
   * @param {string} base address
   * @param {Server} server
   * @param {Accounts} accounts
   */
  constructor(base, server, accounts) {
    this.#base = base;
    this.#server = server;
    this.#accounts = accounts;
    const lost = (account, why) => this.#accountLost(account, why);
    this.#waiting = new Waiting(server, {
      listed: (account, challenges) => this.#challengesListed(account, challenges),
      connection: (connected) => this.#showConnection('waiting', connected),
      lost,
    });
    this.#challenges = new Challenges(server, {
      opened: (opened) => {
        this.#notify('');
        this.#board.opened(opened);
        this.#reveal(this.#wantedChallenge);
      },
      changed: (open) => this.#board.changed(open),
      ended: (open, outcome) => {
        this.#board.ended(open, outcome);
        this.#notifications.close(open.challenge.id);
      },
      lost,
    });
    this.#board = new ChallengeBoard({
      now: () => server.now(),
      answer: (open, verdict, match) => this.#challenges.answer(open, verdict, match),
      tick: () => this.#challenges.expire(),
      changed: () => this.#showIdle(),
      left: () => this.#focusPage(),
    });
    this.#notifications = new Notifications(base, server, accounts, (state) => {
      this.#notificationPanel.show(state);
      this.#idle.showNotified(state === 'on');
    });
    this.#list = new AccountList({
      remove: (account, here) => this.#remove(account, here),
      add: () => this.#startAdding(),
    });
  }

  /**
   * Shows the first page, and from then on follows what happens.
   *
   * @throws {StorageUnavailable}
   */
  async start() {
    this.#deviceName = await likelyDeviceName();
    this.#takeWantedChallenge();
    this.#takeCode();
    await this.#readAccounts();
    addEventListener('hashchange', () => this.#takeCode());
    document.addEventListener('visibilitychange', () => this.#followVisibility());
    addEventListener('pageshow', () => this.#followVisibility());
    addEventListener('online', () => this.#reconnect());
    addEventListener('offline', () => this.#reconnect());
    this.#accounts.onChangeElsewhere(() => this.#readAccounts());
    navigator.serviceWorker?.addEventListener('message', ({ data }) => this.#reveal(data?.challenge));
    await this.#learnService();
  }

  /** Shows the challenge that a notification was about, now or as soon as the server tells of it. */
  #reveal(challenge) {
    const isRevealed = this.#board.reveal(challenge);
    this.#wantedChallenge = isRevealed ? null : challenge ?? null;
  }

  /** Takes the challenge of a notification out of the address bar: loaded again, the page would look for it again. */
  #takeWantedChallenge() {
    this.#wantedChallenge = new URLSearchParams(location.search).get('challenge');
    if (this.#wantedChallenge) {
      history.replaceState(null, '', location.pathname + location.hash);
    }
  }

  /** Takes the code of an enrolment link out of the address bar, where others could read it. */
  #takeCode() {
    const code = codeInFragment(location.hash);
    if (code) {
      keepCode(code);
      history.replaceState(null, '', location.pathname);
      this.#shown = { page: '' };
    }
    this.#code = code || keptCode();
    this.#showPage();
  }

  async #readAccounts() {
    this.#known = await this.#accounts.all();
    for (const account of this.#known) {
      if (!account.key) {
        this.#lost.set(account.device, 'key-lost');
      }
    }
    this.#usableAccountsChanged();
  }

  #usableAccountsChanged() {
    this.#wait();
    this.#showPage();
    this.#notifications.accountsAre(this.#known.filter((account) => !this.#lost.has(account.device)));
  }

  #showPage() {
    const page = this.#wantedPage();
    this.#list.show(this.#known, this.#lost);
    this.#showIdle();
    // What is shown already stays: it may hold what the user has typed.
    if (page === this.#shown.page) {
      return;
    }
    const view = this.#makeView(page);
    this.#shown = { page, view };
    const above = page === 'accounts' ? [this.#idle.element, this.#notificationPanel.element] : [];
    this.#pageRegion.replaceChildren(...above, view.element);
  }

  #wantedPage() {
    const hasAccounts = this.#known.length > 0;
    if (hasAccounts && !this.#code && !this.#wantsToAdd) {
      return 'accounts';
    }
    return belongsOnHomeScreen() && !hasAccounts && !this.#staysInBrowser ? 'home-screen' : 'enrolment';
  }

  #makeView(page) {
    switch (page) {
      case 'accounts':
        return this.#list;
      case 'home-screen':
        return new HomeScreenSteps(this.#code, () => this.#stayInBrowser());
      default:
        return new EnrolmentForm({
          base: this.#base,
          code: this.#code,
          name: this.#deviceName,
          service: this.#service,
          submit: (code, name, password) => this.#enrol(code, name, password),
          cancel: this.#known.length > 0 ? () => this.#stopAdding() : null,
        });
    }
  }

  #showIdle() {
    const isUsable = this.#known.some((account) => !this.#lost.has(account.device));
    this.#idle.element.hidden = !isUsable || !this.#board.isEmpty;
  }

  #focusPage() {
    const isIdle = this.#shown.page === 'accounts' && !this.#idle.element.hidden;
    (isIdle ? this.#idle : this.#shown.view).focus();
  }

  #notify(text) {
    this.#noticeLine.textContent = text;
  }

  #startAdding() {
    this.#wantsToAdd = true;
    this.#notify('');
    this.#showPage();
    this.#focusPage();
  }

  #stopAdding() {
    this.#leaveForm();
    this.#showPage();
    this.#focusPage();
  }

  #stayInBrowser() {
    this.#staysInBrowser = true;
    this.#showPage();
    this.#focusPage();
  }

  #leaveForm() {
    forgetCode();
    this.#code = '';
    this.#wantsToAdd = false;
  }

  /** @returns {Promise<?{text: string, needsPassword: boolean}>} what went wrong, or null */
  async #enrol(code, name, password) {
    const { errors } = words.enrolment;
    try {
      const { account, refusal, retryAfter } = await enrol(
        this.#server, this.#accounts, this.#base, code, name, password);
      if (refusal) {
        const text = refusal === 'too-many' ? errors[refusal](retryAfter) : errors[refusal];
        return { text, needsPassword: refusal === 'password-needed' };
      }
      await this.#enrolled(account);
      return null;
    } catch (failure) {
      if (failure instanceof Unreachable) {
        return { text: errors.unreachable, needsPassword: false };
      }
      if (failure instanceof StorageUnavailable || failure instanceof KeyLost) {
        return { text: errors.storage, needsPassword: false };
      }
      throw failure;
    }
  }

  async #enrolled({ user, service }) {
    this.#leaveForm();
    history.replaceState(null, '', './');
    await this.#readAccounts();
    this.#notify(words.enrolment.done(visible(user), visible(service)));
    this.#focusPage();
  }

  /** @returns {Promise<boolean>} false when the server must know of it but cannot be asked now */
  async #remove(account, here) {
    if (!here && !(await this.#removeAtServer(account))) {
      return false;
    }
    await this.#accounts.remove(account.device);
    this.#lost.delete(account.device);
    this.#challenges.forget(account.device);
    await this.#readAccounts();
    this.#notify(words.accounts.removed(visible(account.user), visible(account.service)));
    this.#focusPage();
    return true;
  }

  async #removeAtServer(account) {
    try {
      const { status } = await this.#server.remove(account);
      // Other refusals mean that the server does not know the device any more, and that is what is wanted.
      return status !== 429;
    } catch (failure) {
      if (failure instanceof KeyLost) {
        return true;
      }
      if (failure instanceof Unreachable) {
        return false;
      }
      throw failure;
    }
  }

  #accountLost(account, why) {
    this.#lost.set(account.device, why);
    this.#usableAccountsChanged();
  }

  #challengesListed(account, challenges) {
    if (this.#lost.delete(account.device)) {
      this.#usableAccountsChanged();
    }
    this.#challenges.listed(account, challenges);
  }

  #wait() {
    if (document.visibilityState === 'visible') {
      this.#waiting.waitFor(this.#known.filter((account) => !this.#lost.has(account.device)));
    }
  }

  #followVisibility() {
    if (document.visibilityState !== 'visible') {
      this.#waiting.stop();
      return;
    }
    this.#challenges.expire();
    // A server that was put right knows a device again which it had refused: seeing the page again is worth a try.
    this.#waiting.waitFor(this.#known.filter((account) => account.key));
    // The user may come back from the settings of the browser.
    this.#notifications.refresh();
  }

  /** Requests that were under way when the network changed may hang for long. */
  #reconnect() {
    this.#waiting.stop();
    this.#wait();
    if (!this.#service) {
      this.#learnService();
    }
  }

  async #learnService() {
    clearTimeout(this.#serviceTimer);
    try {
      const { service, webpush } = await this.#server.config();
      this.#service = service;
      this.#notifications.serverHas(webpush);
    } catch {
      this.#showConnection('service', false);
      this.#serviceTimer = setTimeout(() => this.#learnService(), ASK_SERVICE_AGAIN_MILLISECONDS);
      return;
    }
    this.#showConnection('service', true);
    this.#serviceLine.textContent = visible(this.#service);
    if (this.#shown.page === 'enrolment') {
      this.#shown.view.showService(this.#service);
    }
  }

  #showConnection(purpose, connected) {
    if (connected) {
      this.#unconnected.delete(purpose);
    } else {
      this.#unconnected.add(purpose);
    }
    this.#connectionLine.textContent = this.#unconnected.size > 0 ? words.noConnection : '';
  }
}
