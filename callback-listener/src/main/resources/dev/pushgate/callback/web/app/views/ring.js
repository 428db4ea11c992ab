/** The ring that shows how much time is left. */

import { words } from '../words.js';
import { drawing, element } from './elements.js';

const RADIUS = 20;
const LENGTH = 2 * Math.PI * RADIUS;
const SHORT_OF_TIME = 10;

/** A ring that empties. Screen readers can read the time at will; they are not told of each second. */
export class Ring {
  #line = circle('ring-left');
  #text = element('span', { class: 'ring-text' });

  constructor() {
    this.#line.setAttribute('stroke-dasharray', LENGTH);
    /** @type {HTMLElement} */
    this.element = element('div',
      { class: 'ring', role: 'timer', 'aria-label': words.challenge.timeLeft, 'data-testid': 'ring' },
      drawing('svg', { viewBox: '0 0 48 48', 'aria-hidden': 'true' }, circle('ring-all'), this.#line),
      this.#text);
  }

  /**
   * @param {number} left seconds
   * @param {number} total seconds
   */
  show(left, total) {
    const part = total > 0 ? Math.min(1, Math.max(0, left / total)) : 0;
    this.#line.setAttribute('stroke-dashoffset', LENGTH * (1 - part));
    const text = clock(Math.max(0, Math.ceil(left)));
    if (this.#text.textContent !== text) {
      this.#text.textContent = text;
    }
    this.element.classList.toggle('short', left <= SHORT_OF_TIME);
  }
}

function circle(className) {
  return drawing('circle', { class: className, cx: 24, cy: 24, r: RADIUS });
}

function clock(seconds) {
  return seconds < 100 ? `${seconds}` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
