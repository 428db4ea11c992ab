/** One challenge, as the user sees it. */

import { reasonsOf } from '../questions.js';
import { visible } from '../visible.js';
import { words } from '../words.js';
import { announce } from './announcer.js';
import { element, foreign } from './elements.js';
import { proofFor } from './proof.js';
import { Ring } from './ring.js';
import { SETTLING_MILLISECONDS } from './settling.js';

const ANNOUNCED_SECONDS_LEFT = [30, 10];

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
  #proof;
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
    this.#approve.disabled = held || !this.#proof.isComplete;
    this.#proof.update(held, this.#approvalOnItsWay());
    this.#deny.disabled = held;
    this.#report.disabled = held;
    this.#reportConfirm.disabled = held;
    this.#reportBack.disabled = sending;
    this.#label('approve', words.challenge.approve);
    this.#label('deny', words.challenge.deny);
    this.#label('report', words.challenge.reportConfirm);
    if (trouble !== 'too-many') {
      this.#tellTrouble(trouble ? words.challenge.trouble[trouble] : '');
    }
    if (trouble === 'unreachable' && document.activeElement === document.body) {
      this.#pressed().focus();
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

  /** The match of an approval that is being sent; empty where it has none, and null where none is being sent. */
  #approvalOnItsWay() {
    const { sending, verdict } = this.#open;
    return sending && verdict.verdict === 'approve' ? verdict.match ?? '' : null;
  }

  /** The button by which the last verdict was given. */
  #pressed() {
    const { verdict, match } = this.#open.verdict;
    return (verdict === 'approve' && this.#proof.buttonOf(match)) || this.#buttonOf(verdict);
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
    const whyId = `${this.#id}-why`;
    const why = this.#reasons(whyId);
    const described = `${purposeId} ${factsId} ${why ? whyId : ''}`.trim();
    this.#title = element('h2', { id: titleId, tabindex: -1, 'aria-describedby': described }, words.challenge.title);
    this.#proof = proofFor(challenge, `${this.#id}-proof`, {
      changed: () => this.update(),
      done: () => this.#approve.disabled || this.#approve.focus(),
      approve: (match) => this.#answer('approve', match),
    });
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
      why,
      this.#proof.element,
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

  /** What is odd about it; where nothing is, nothing is said. */
  #reasons(id) {
    const reasons = reasonsOf(this.#open.challenge);
    if (reasons.length === 0) {
      return null;
    }
    return element('div', { id, class: 'why', 'data-testid': 'why' },
      element('ul', {}, ...reasons.map((reason) => element('li', {}, reason))),
      element('p', {}, words.challenge.lookTwice));
  }

  #buildActions() {
    this.#deny = button('deny', 'button', () => this.#answer('deny', null));
    this.#approve = button('approve', 'button primary', () => this.#answer('approve', this.#proof.match));
    this.#approve.hidden = this.#proof.replacesApprove;
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
