/** The accounts of this device, and how to be rid of one. */

import { visible } from '../visible.js';
import { words } from '../words.js';
import { element, foreign, icon } from './elements.js';

const PERSON = 'M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5 19.5c.6-3.6 3.4-5.5 7-5.5s6.4 1.9 7 5.5';

/** The list, with a button to add another account. */
export class AccountList {
  #title = element('h2', { id: 'accounts', tabindex: -1 }, words.accounts.title);
  #list = element('ul', { class: 'accounts' });
  #remove;

  /**
   * @param {object} what
   * @param {(account: Account, here: boolean) => Promise<boolean>} what.remove removes an account, only here if so
   *     told; answers false when the server could not be reached
   * @param {() => void} what.add
   */
  constructor({ remove, add }) {
    this.#remove = remove;
    /** @type {HTMLElement} */
    this.element = element('section', { class: 'account-section', 'aria-labelledby': 'accounts' },
      this.#title,
      this.#list,
      element('button', { type: 'button', class: 'button', 'data-testid': 'add-account', click: add },
        words.accounts.add));
  }

  /** Moves the focus to the heading. */
  focus() {
    this.#title.focus();
  }

  /**
   * @param {Account[]} accounts
   * @param {Map<string, 'refused' | 'key-lost'>} lost why a device can answer nothing any more
   */
  show(accounts, lost) {
    this.#list.replaceChildren(...accounts.map((account) => this.#entry(account, lost.get(account.device))));
  }

  #entry(account, lost) {
    const { user, service, name } = account;
    const remove = element('button', {
      type: 'button',
      class: 'button quiet',
      'aria-label': words.accounts.removeLabel(visible(user), visible(service)),
      'data-testid': 'remove-account',
      click: () => this.#askToConfirm(entry, account),
    }, words.accounts.remove);
    const entry = element('li', { class: 'account', 'data-testid': 'account' },
      icon(PERSON, 'icon avatar'),
      element('div', { class: 'account-text' },
        element('p', { class: 'account-user' }, foreign(user)),
        element('p', {}, foreign(service)),
        element('p', { class: 'muted' }, foreign(words.accounts.device(visible(name))))),
      remove,
      lost ? lostNotice(words.accounts.lost[lost]) : null);
    return entry;
  }

  #askToConfirm(entry, account) {
    const opener = entry.querySelector('[data-testid=remove-account]');
    const title = element('h3', { tabindex: -1 }, words.accounts.removeTitle);
    const text = element('p', {}, words.accounts.removeText);
    const keep = element('button', { type: 'button', class: 'button' }, words.accounts.keep);
    const confirm = element('button', { type: 'button', class: 'button alarm', 'data-testid': 'remove-confirm' },
      words.accounts.removeConfirm);
    const confirmation = element('div', { class: 'confirmation', role: 'group' }, title, text,
      element('div', { class: 'answers' }, keep, confirm));
    let here = false;

    keep.addEventListener('click', () => {
      confirmation.remove();
      opener.hidden = false;
      opener.focus();
    });
    confirm.addEventListener('click', async () => {
      confirm.disabled = true;
      confirm.textContent = words.accounts.removing;
      here = !(await this.#remove(account, here));
      if (here) {
        text.textContent = words.accounts.unreachable;
        confirm.disabled = false;
        confirm.textContent = words.accounts.removeHere;
        title.focus();
      }
    });
    opener.hidden = true;
    entry.append(confirmation);
    title.focus();
  }
}

function lostNotice({ title, text }) {
  return element('div', { class: 'lost', role: 'alert', 'data-testid': 'error' },
    element('p', {}, element('strong', {}, title)),
    element('p', {}, text));
}
