/** Starts the app, or says why it cannot start. */

import { Accounts, StorageUnavailable } from './accounts.js';
import { baseAddress } from './address.js';
import { App } from './app.js';
import { Server } from './server.js';
import { element } from './views/elements.js';
import { words } from './words.js';

async function start() {
  document.documentElement.lang = words.language;
  document.getElementById('challenges').setAttribute('aria-label', words.challenge.all);
  if (!globalThis.isSecureContext || !crypto.subtle) {
    showUnusable(words.unusable.insecure);
    return;
  }
  const base = baseAddress(location.href);
  try {
    await new App(base, new Server(base), new Accounts(base)).start();
  } catch (failure) {
    if (!(failure instanceof StorageUnavailable)) {
      throw failure;
    }
    showUnusable(words.unusable.storage);
  }
}

function showUnusable(text) {
  document.getElementById('page').replaceChildren(
    element('section', { class: 'panel', role: 'alert', 'data-testid': 'error' },
      element('h2', {}, words.unusable.title),
      element('p', {}, text)));
}

start();
