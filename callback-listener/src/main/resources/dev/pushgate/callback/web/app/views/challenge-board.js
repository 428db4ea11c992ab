/** The open challenges and the outcomes of those that have ended. */

import { visible } from '../visible.js';
import { words } from '../words.js';
import { announce } from './announcer.js';
import { ChallengeCard } from './challenge-card.js';
import { OutcomePanel } from './outcome-panel.js';

const TICK_MILLISECONDS = 250;

/**
 * What the board needs from the app.
 *
 * @typedef {object} Surroundings
 * @property {() => number} now server's time in seconds
 * @property {(open: OpenChallenge, verdict: string, match: ?string) => void} answer
 * @property {() => void} tick called several times a second while a challenge is open
 * @property {() => void} changed called when the board has become empty, or is so no longer
 * @property {() => void} left called when the user has dismissed the last of it, and the focus needs a place
 */

/** Shows challenges newest first, each with its clock, and moves the focus along with what happens. */
export class ChallengeBoard {
  #surroundings;
  #cards = new Map();
  #cardRegion = document.getElementById('challenges');
  #outcomeRegion = document.getElementById('outcomes');
  #ticking = null;

  /** @param {Surroundings} surroundings */
  constructor(surroundings) {
    this.#surroundings = surroundings;
  }

  /** Whether there is nothing to be seen on it. */
  get isEmpty() {
    return this.#cards.size === 0 && this.#outcomeRegion.childElementCount === 0;
  }

  /**
   * Shows new challenges. Outcomes of earlier ones make room.
   *
   * @param {OpenChallenge[]} opened
   */
  opened(opened) {
    this.#outcomeRegion.replaceChildren();
    const oldestFirst = [...opened].sort((a, b) => a.challenge.issued - b.challenge.issued);
    for (const open of oldestFirst) {
      const card = new ChallengeCard(open, (verdict, match) => this.#surroundings.answer(open, verdict, match));
      this.#cards.set(open.challenge.id, card);
      this.#cardRegion.prepend(card.element);
      card.tick(this.#surroundings.now());
    }
    this.#settle();
    this.#counted();
    this.#drawAttention(oldestFirst.at(-1).challenge);
  }

  /**
   * Shows how a challenge stands now.
   *
   * @param {OpenChallenge} open
   */
  changed(open) {
    this.#cards.get(open.challenge.id).update();
  }

  /**
   * Moves the focus to a challenge, if it is on the board.
   *
   * @param {?string} id
   * @returns {boolean} whether it is
   */
  reveal(id) {
    const card = this.#cards.get(id);
    card?.element.scrollIntoView();
    card?.focus();
    return card !== undefined;
  }

  /**
   * Replaces a challenge by its outcome.
   *
   * @param {OpenChallenge} open
   * @param {?Outcome} outcome null when there is nothing to tell
   */
  ended(open, outcome) {
    const card = this.#cards.get(open.challenge.id);
    // A button that is switched off while it sends loses the focus to the body.
    const hadFocus = card.element.contains(document.activeElement) || document.activeElement === document.body;
    this.#cards.delete(open.challenge.id);
    card.element.remove();
    this.#settle();
    if (outcome) {
      this.#showOutcome(open, outcome, hadFocus);
    }
    this.#counted();
  }

  /** A user who types is told of a new challenge, but does not lose the place. */
  #drawAttention({ id, user, service }) {
    if (document.activeElement?.matches('input')) {
      announce(words.challenge.arrived(visible(user), visible(service)));
    } else {
      this.#cards.get(id).focus();
    }
  }

  #showOutcome(open, outcome, takesFocus) {
    const panel = new OutcomePanel(open, outcome, () => {
      panel.element.remove();
      this.#counted();
      this.#focusNext();
    });
    this.#outcomeRegion.prepend(panel.element);
    if (takesFocus) {
      panel.focus();
    }
  }

  #settle() {
    for (const card of this.#cards.values()) {
      card.settle();
    }
  }

  #focusNext() {
    const next = this.#cardRegion.querySelector('h2') ?? this.#outcomeRegion.querySelector('h2');
    if (next) {
      next.focus();
    } else {
      this.#surroundings.left();
    }
  }

  #counted() {
    const count = this.#cards.size;
    document.title = count > 0 ? `(${count}) ${words.titleAsking(count)} – ${words.title}` : words.title;
    if (count > 0) {
      this.#ticking ??= setInterval(() => this.#tick(), TICK_MILLISECONDS);
    } else {
      clearInterval(this.#ticking);
      this.#ticking = null;
    }
    this.#surroundings.changed();
  }

  #tick() {
    this.#surroundings.tick();
    for (const card of this.#cards.values()) {
      card.tick(this.#surroundings.now());
    }
  }
}
