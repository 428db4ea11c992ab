/** Asking for notifications, or saying why none come. */

import { words } from '../words.js';
import { element } from './elements.js';

/** A panel that is hidden while there is nothing to say. */
export class NotificationPanel {
  #ask;

  /** @param {() => Promise<void>} ask called when the user wants notifications */
  constructor(ask) {
    this.#ask = ask;
    /** @type {HTMLElement} */
    this.element = element('section', { class: 'panel notifications', 'aria-labelledby': 'notifications', hidden: true,
      'data-testid': 'notifications' });
  }

  /** @param {NotificationState} state */
  show(state) {
    if (state === this.element.getAttribute('data-state')) {
      return; // shown anew, it would take the focus from its button
    }
    const text = words.notifications[state];
    this.element.hidden = !text;
    this.element.setAttribute('data-state', state);
    this.element.replaceChildren(...(text ? this.#content(state, text) : []));
  }

  #content(state, { title, text }) {
    const parts = [element('h2', { id: 'notifications' }, title), element('p', { class: 'muted' }, text)];
    if (state === 'ask') {
      parts.push(element('button',
        { type: 'button', class: 'button primary', 'data-testid': 'ask-notifications', click: () => this.#ask() },
        words.notifications.allow));
    }
    if (state === 'home-screen') {
      parts.push(element('ol', { class: 'steps' }, ...words.homeScreen.steps.map((step) => element('li', {}, step))));
    }
    return parts;
  }
}
