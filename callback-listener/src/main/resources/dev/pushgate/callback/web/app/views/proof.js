/** How the user proves to see the sign-in window: by typing its number, or by tapping it among others. */

import { optionsOf } from '../questions.js';
import { words } from '../words.js';
import { element } from './elements.js';

const FEWEST_DIGITS = 2;
const MOST_DIGITS = 8;

/**
 * What a card asks for besides the tap on Approve.
 *
 * @typedef {object} Proof
 * @property {?HTMLElement} element
 * @property {boolean} isComplete whether Approve may be pressed
 * @property {?string} match what goes with the approval
 * @property {boolean} replacesApprove whether its own buttons approve
 * @property {(held: boolean, sending: ?string) => void} update holds back its buttons; `sending` is the match of an
 *     approval that is on its way
 * @property {(match: ?string) => ?HTMLElement} buttonOf the button that approves with this match, if it has one
 */

/**
 * Makes what this challenge asks for. A kind that this version does not know leaves nothing but to deny.
 *
 * @param {object} challenge
 * @param {string} id for its parts, which no other card has
 * @param {object} what
 * @param {() => void} what.changed called when something was typed
 * @param {() => void} what.done called when the typing is over
 * @param {(match: string) => void} what.approve
 * @returns {Proof}
 */
export function proofFor(challenge, id, { changed, done, approve }) {
  const options = optionsOf(challenge);
  if (challenge.match === 'none') {
    return new NoProof();
  }
  if (challenge.match === 'enter') {
    return new NumberEntry(id, challenge.digits, changed, done);
  }
  return options.length > 0 ? new OptionButtons(id, options, approve) : new UnknownProof();
}

class NoProof {
  element = null;
  isComplete = true;
  match = null;
  replacesApprove = false;

  update() {}

  buttonOf() {
    return null;
  }
}

class UnknownProof extends NoProof {
  element = element('p', { class: 'hint', 'data-testid': 'unknown-match' }, words.challenge.unknownMatch);
  isComplete = false;
}

class NumberEntry {
  replacesApprove = false;
  #digits;
  #input;

  constructor(id, digits, changed, done) {
    this.#digits = digits;
    this.#input = element('input', {
      id,
      class: 'number',
      inputmode: 'numeric',
      autocomplete: 'off',
      enterkeyhint: 'done',
      'aria-describedby': digits ? `${id}-hint` : null,
      'data-testid': 'number-input',
      input: () => this.#typed(changed),
    });
    this.element = element('form', { class: 'field', autocomplete: 'off', submit: (event) => entered(event, done) },
      element('label', { for: id }, words.challenge.number),
      this.#input,
      digits ? element('p', { id: `${id}-hint`, class: 'hint' }, words.challenge.numberHint(digits)) : null);
  }

  get match() {
    return this.#input.value;
  }

  get isComplete() {
    const { length } = this.match;
    const isLongEnough = this.#digits ? length === this.#digits : length >= FEWEST_DIGITS && length <= MOST_DIGITS;
    return isLongEnough && /^[0-9]+$/.test(this.match);
  }

  update(held, sending) {
    this.#input.readOnly = sending !== null;
  }

  buttonOf() {
    return null;
  }

  #typed(changed) {
    const digits = this.#input.value.replace(/\s/g, '');
    if (digits !== this.#input.value) {
      this.#input.value = digits;
    }
    changed();
  }
}

/** Enter ends the typing; it does not approve. */
function entered(event, done) {
  event.preventDefault();
  done();
}

class OptionButtons {
  isComplete = true;
  match = null;
  replacesApprove = true;
  #buttons;

  constructor(id, options, approve) {
    this.#buttons = new Map(options.map((option) => [option, element('button', {
      type: 'button',
      class: 'button option',
      'aria-label': words.challenge.approveWith(option),
      'data-testid': 'option',
      click: () => approve(option),
    }, option)]));
    this.element = element('div',
      { class: 'field', role: 'group', 'aria-labelledby': id, 'aria-describedby': `${id}-hint` },
      element('p', { id, class: 'label' }, words.challenge.choose),
      element('div', { class: 'options' }, ...this.#buttons.values()),
      element('p', { id: `${id}-hint`, class: 'hint' }, words.challenge.chooseHint));
  }

  update(held, sending) {
    for (const [option, button] of this.#buttons) {
      button.disabled = held;
      button.classList.toggle('working', option === sending);
    }
  }

  buttonOf(match) {
    return this.#buttons.get(match) ?? null;
  }
}
