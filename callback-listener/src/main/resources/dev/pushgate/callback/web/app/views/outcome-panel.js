/** How a challenge ended, as the user sees it. */

import { visible } from '../visible.js';
import { words } from '../words.js';
import { element, foreign, icon } from './elements.js';
import { SETTLING_MILLISECONDS } from './settling.js';

const CHECK = 'm5 13 4.5 4.5L19 7.5';
const CROSS = 'm6.5 6.5 11 11m0-11-11 11';
const ALERT = 'M12 5.5v8m0 4.4v.1';

const LOOKS = {
  approved: ['good', CHECK],
  denied: ['calm', CROSS],
  reported: ['bad', ALERT],
  settled: ['calm', CHECK],
  elsewhere: ['calm', CHECK],
  expired: ['calm', CROSS],
};
const TROUBLE = ['bad', ALERT];

/** A panel that stays until it is dismissed. */
export class OutcomePanel {
  #title;

  /**
   * @param {OpenChallenge} open what has ended
   * @param {Outcome} outcome
   * @param {() => void} dismiss
   */
  constructor({ challenge }, outcome, dismiss) {
    const text = words.outcome[outcome.kind] ?? words.outcome.malformed;
    const [tone, path] = LOOKS[outcome.kind] ?? TROUBLE;
    const title = typeof text.title === 'function' ? text.title(outcome.state && visible(outcome.state)) : text.title;
    this.#title = element('h2', { tabindex: -1 }, title);
    /** @type {HTMLElement} */
    this.element = element('section',
      { class: `panel outcome ${tone}`, 'data-testid': 'outcome', 'data-outcome': outcome.kind },
      icon(path, 'icon badge'),
      this.#title,
      element('p', { class: 'muted' }, ...aboutWhat(challenge)),
      element('p', {}, text.text),
      this.#dismissButton(dismiss));
  }

  /** Moves the focus to the heading. */
  focus() {
    this.#title.focus();
  }

  #dismissButton(dismiss) {
    const button = element('button',
      { type: 'button', class: 'button', disabled: true, 'data-testid': 'dismiss', click: dismiss },
      words.outcome.dismiss);
    setTimeout(() => {
      button.disabled = false;
    }, SETTLING_MILLISECONDS);
    return button;
  }
}

function aboutWhat({ user, service, from }) {
  const signIn = foreign(words.signIn(visible(user), visible(service)));
  return from ? [signIn, ' ', foreign(words.outcome.from(visible(from)))] : [signIn];
}
