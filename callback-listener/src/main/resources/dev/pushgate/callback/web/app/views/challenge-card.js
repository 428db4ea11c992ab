/** One challenge, as the user sees it. */

import { visible } from '../visible.js';
import { words } from '../words.js';
import { announce } from './announcer.js';
import { element, foreign } from './elements.js';
import { Ring } from './ring.js';
import { SETTLING_MILLISECONDS } from './settling.js';

const ANNOUNCED_SECONDS_LEFT = [30, 10];
const FEWEST_DIGITS = 2;
const MOST_DIGITS = 8;

let cards = 0;

/** A card with the question, the time left and the answers. */
export class ChallengeCard {
  #open;
  #answer;
  #settling = 0;
  #leftToAnnounce;
  #ring = new Ring();
  #id = `challenge-${(cards += 1)}`;
  #title;
  #number;
  #trouble = element('p', { class: 'error', role: 'alert', 'data-testid': 'error' });
  #approve;
  #deny;
  #report;
  #actions;
  #reportConfirm;
  #reportBack;
  #confirmation;

  /**
   * @param {OpenChallenge} open
   * @param {(verdict: 'approve' | 'deny' | 'report', match: ?string) => void} answer
   */
  constructor(open, answer) {
    this.#open = open;
    this.#answer = answer;
    this.#build();
    this.update();
  }

  /** Moves the focus to the heading: not to a button, or the next key pressed might answer. */
  focus() {
    this.#title.focus();
  }

  /** Takes no taps for a moment, because the card has just come or moved. */
  settle() {
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    this.#settling += 1;
    this.update();
    setTimeout(() => {
      this.#settling -= 1;
      this.update();
      if (document.activeElement === document.body) {
        focused?.focus();
      }
    }, SETTLING_MILLISECONDS);
  }

  /** Shows how the challenge stands now. */
  update() {
    const { sending, trouble } = this.#open;
    const held = this.#settling > 0 || sending || trouble === 'too-many';
    this.element.setAttribute('aria-busy', sending);
    this.#approve.disabled = held || !this.#isNumberComplete();
    this.#deny.disabled = held;
    this.#report.disabled = held;
    this.#reportConfirm.disabled = held;
    this.#reportBack.disabled = sending;
    if (this.#number) {
      this.#number.readOnly = sending;
    }
    this.#label('approve', words.challenge.approve);
    this.#label('deny', words.challenge.deny);
    this.#label('report', words.challenge.reportConfirm);
    if (trouble !== 'too-many') {
      this.#tellTrouble(trouble ? words.challenge.trouble[trouble] : '');
    }
    if (trouble === 'unreachable' && document.activeElement === document.body) {
      this.#buttonOf(this.#open.verdict.verdict).focus();
    }
  }

  /**
   * Shows the time left.
   *
   * @param {number} now server's time in seconds
   */
  tick(now) {
    const { issued, expires } = this.#open.challenge;
    const left = expires - now;
    this.#ring.show(left, expires - issued);
    this.#leftToAnnounce ??= ANNOUNCED_SECONDS_LEFT.filter((seconds) => seconds < left);
    if (left <= this.#leftToAnnounce[0]) {
      announce(words.challenge.left(this.#leftToAnnounce.shift()));
    }
    if (this.#open.trouble === 'too-many') {
      this.#countHold(this.#open.heldUntil - now);
    }
  }

  #countHold(seconds) {
    if (seconds > 0) {
      this.#tellTrouble(words.challenge.trouble['too-many'](seconds));
    } else {
      this.#open.trouble = null;
      this.update();
    }
  }

  #tellTrouble(text) {
    if (this.#trouble.textContent !== text) {
      this.#trouble.textContent = text;
    }
  }

  #buttonOf(verdict) {
    return { approve: this.#approve, deny: this.#deny, report: this.#reportConfirm }[verdict];
  }

  #label(verdict, text) {
    const button = this.#buttonOf(verdict);
    const sending = this.#open.sending && this.#open.verdict.verdict === verdict;
    button.textContent = sending ? words.challenge.sending : text;
    button.classList.toggle('working', sending);
  }

  #build() {
    const { challenge } = this.#open;
    const titleId = `${this.#id}-title`;
    const purposeId = `${this.#id}-purpose`;
    const factsId = `${this.#id}-facts`;
    this.#title = element('h2', { id: titleId, tabindex: -1, 'aria-describedby': `${purposeId} ${factsId}` },
      words.challenge.title);
    this.#buildActions();
    this.#buildConfirmation();
    /** @type {HTMLElement} */
    this.element = element('article',
      { class: 'panel challenge', 'aria-labelledby': titleId, 'data-testid': 'challenge' },
      element('div', { class: 'challenge-head' },
        element('div', {},
          this.#title,
          element('p', { id: purposeId }, words.challenge.purpose(visible(challenge.service)))),
        this.#ring.element),
      this.#facts(factsId),
      this.#buildNumber(),
      this.#trouble,
      this.#actions,
      this.#confirmation);
  }

  #facts(id) {
    const { user, service, client, from } = this.#open.challenge;
    const address = from ? foreign(from) : words.challenge.addressUnknown;
    return element('dl', { id, class: 'facts' },
      ...fact(words.challenge.user, foreign(user), 'challenge-user'),
      ...fact(words.challenge.service, foreign(service), 'challenge-service'),
      ...fact(words.challenge.from, address, 'challenge-from'),
      ...fact(words.challenge.client, foreign(client), 'challenge-client'));
  }

  #buildNumber() {
    const { match, digits } = this.#open.challenge;
    if (match !== 'enter') {
      return null;
    }
    const id = `${this.#id}-number`;
    this.#number = element('input', {
      id,
      class: 'number',
      inputmode: 'numeric',
      autocomplete: 'off',
      enterkeyhint: 'done',
      'aria-describedby': `${id}-hint`,
      'data-testid': 'number-input',
      input: () => this.#numberTyped(),
    });
    const form = element('form', { class: 'field', autocomplete: 'off', submit: (event) => this.#numberEntered(event) },
      element('label', { for: id }, words.challenge.number),
      this.#number);
    if (digits) {
      form.append(element('p', { id: `${id}-hint`, class: 'hint' }, words.challenge.numberHint(digits)));
    }
    return form;
  }

  #numberTyped() {
    const digits = this.#number.value.replace(/\s/g, '');
    if (digits !== this.#number.value) {
      this.#number.value = digits;
    }
    this.update();
  }

  /** Enter ends the typing; it does not approve. */
  #numberEntered(event) {
    event.preventDefault();
    if (!this.#approve.disabled) {
      this.#approve.focus();
    }
  }

  #isNumberComplete() {
    if (!this.#number) {
      return true;
    }
    const { digits } = this.#open.challenge;
    const { length } = this.#number.value;
    const isLongEnough = digits ? length === digits : length >= FEWEST_DIGITS && length <= MOST_DIGITS;
    return isLongEnough && /^[0-9]+$/.test(this.#number.value);
  }

  #buildActions() {
    this.#deny = button('deny', 'button', () => this.#answer('deny', null));
    this.#approve = button('approve', 'button primary', () => this.#answer('approve', this.#number?.value ?? null));
    this.#report = button('report', 'button quiet alarming', () => this.#askToConfirm(true));
    this.#report.textContent = words.challenge.report;
    this.#actions = element('div', { class: 'actions' },
      element('div', { class: 'answers' }, this.#deny, this.#approve),
      this.#report);
  }

  #buildConfirmation() {
    const id = `${this.#id}-report`;
    this.#reportConfirm = button('report-confirm', 'button alarm', () => this.#answer('report', null));
    this.#reportBack = button('report-back', 'button', () => this.#askToConfirm(false));
    this.#reportBack.textContent = words.challenge.reportBack;
    this.#confirmation = element('div', { class: 'confirmation', role: 'group', 'aria-labelledby': id },
      element('h3', { id, tabindex: -1 }, words.challenge.reportTitle),
      element('p', {}, words.challenge.reportText),
      element('div', { class: 'answers' }, this.#reportBack, this.#reportConfirm));
    this.#confirmation.hidden = true;
  }

  #askToConfirm(asked) {
    this.#actions.hidden = asked;
    this.#confirmation.hidden = !asked;
    if (asked) {
      this.#confirmation.querySelector('h3').focus();
    } else {
      this.#report.focus();
    }
  }
}

function button(testId, className, press) {
  return element('button', { type: 'button', class: className, 'data-testid': testId, click: press });
}

function fact(name, value, testId) {
  return [element('dt', {}, name), element('dd', { 'data-testid': testId }, value)];
}
