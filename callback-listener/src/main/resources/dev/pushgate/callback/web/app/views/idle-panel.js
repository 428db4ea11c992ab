/** What is seen while nobody signs in. */

import { words } from '../words.js';
import { drawing, element } from './elements.js';

/** A calm panel that says that the app is awake. */
export class IdlePanel {
  #title = element('h2', { tabindex: -1 }, words.idle.title);

  #text = element('p', { class: 'muted' }, words.idle.text);

  constructor() {
    /** @type {HTMLElement} */
    this.element = element('section', { class: 'panel idle', 'data-testid': 'idle' },
      gate(),
      this.#title,
      this.#text);
  }

  /** @param {boolean} comes whether requests come as notifications too */
  showNotified(comes) {
    this.#text.textContent = comes ? words.idle.textNotified : words.idle.text;
  }

  /** Moves the focus to the heading. */
  focus() {
    this.#title.focus();
  }
}

/** The gate of the icon, without its check mark, with someone about to come through. */
function gate() {
  return drawing('svg', { class: 'gate', viewBox: '0 0 64 64', 'aria-hidden': 'true' },
    drawing('path', { d: 'M14 54V30a18 18 0 0 1 36 0v24' }),
    drawing('circle', { class: 'gate-light', cx: 32, cy: 38, r: 5 }));
}
