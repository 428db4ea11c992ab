/** What a notification says: from a push message, and after an answer that was given in one. */

import { outcomeOf } from './challenges.js';
import { reasonsOf } from './questions.js';
import { Unreachable } from './server.js';
import { KeyLost } from './signing.js';
import { visible } from './visible.js';
import { words } from './words.js';

const IDENTIFIER = /^[\w-]{22,32}$/;
const ICON = 'icons/icon-192.png';
const OUR_TAG = 'pushgate';
const TRIES = 2;
const LONGEST_LOOK_MILLISECONDS = 8_000;

/** The server says that it asks an account nothing of the kind. */
class NotAsked extends Error {}

/**
 * A push message of the phone API.
 *
 * @typedef {object} Push
 * @property {string} challenge
 * @property {string} callback base address
 * @property {number} expires seconds since 1970; 0 when the challenge is open no more
 * @property {string} title
 * @property {string} text
 */

/**
 * What `showNotification` takes, with its title. `data` says what a click is about: a challenge, and with buttons the
 * device and the nonce to answer with.
 *
 * @typedef {object} Notice
 */

/**
 * Reads a push message.
 *
 * @param {?PushMessageData} data
 * @returns {?Push} null when it is none of ours
 */
export function readPush(data) {
  try {
    const { v, challenge, callback, expires, title, text } = data.json();
    const isOurs = v === 1 && IDENTIFIER.test(challenge) && typeof callback === 'string' && Number.isFinite(expires);
    return isOurs ? { challenge, callback, expires, title: visible(title), text: visible(text) } : null;
  } catch {
    return null;
  }
}

/**
 * The notification for a push message. It always is one that is seen.
 *
 * @param {Server} server
 * @param {Accounts} accounts
 * @param {?Push} push
 * @returns {Promise<Notice>}
 */
export async function noticeOfPush(server, accounts, push) {
  try {
    const asked = push ? await accountsAt(accounts, push.callback) : [];
    if (asked.length === 0) {
      return neutral();
    }
    if (push.expires <= 0) {
      return over(push, push.title, push.text);
    }
    return await noticeOfQuestion(server, asked, push);
  } catch {
    // Storage that fails, and whatever else: a push without a notification would cost the right to push.
    return neutral();
  }
}

/**
 * What can be said of a push message at once, without the server.
 *
 * @param {string} base address of the app
 * @param {?Push} push
 * @returns {Notice}
 */
export function noticeAtOnce(base, push) {
  if (push?.callback !== base) {
    return neutral();
  }
  return push.expires > 0 ? withoutDetails(push) : over(push, push.title, push.text);
}

/**
 * Answers a challenge, and says how that went.
 *
 * @param {Server} server
 * @param {Accounts} accounts
 * @param {{id: string, device: string, nonce: string}} challenge
 * @param {'approve' | 'deny'} verdict
 * @returns {Promise<{notice: Notice, isDone: boolean}>} not done when the app should be opened to try again
 */
export async function noticeOfAnswer(server, accounts, challenge, verdict) {
  const { outcome, trouble } = await answer(server, accounts, challenge, { verdict, match: null, jws: null });
  if (trouble) {
    const { title, [trouble]: body } = words.notification.notSent;
    return { notice: { ...about(challenge.id), title, body }, isDone: false };
  }
  const { title, text } = words.outcome[outcome.kind] ?? words.outcome.malformed;
  const shown = typeof title === 'function' ? title(outcome.state && visible(outcome.state)) : title;
  const body = words.notification.outcome[outcome.kind] ?? text;
  return { notice: over({ challenge: challenge.id }, shown, body), isDone: true };
}

/** @returns {Promise<{outcome: Outcome} | {trouble: 'unreachable' | 'too-many' | 'failed'}>} */
async function answer(server, accounts, challenge, verdict) {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      const account = (await accounts.all()).find(({ device }) => device === challenge.device);
      if (!account) {
        return { outcome: { kind: 'refused' } };
      }
      // The verdict keeps its JWS, so a second try says the very same.
      const outcome = outcomeOf(await server.sendVerdict(account, challenge, verdict));
      return outcome ? { outcome } : { trouble: 'too-many' };
    } catch (failure) {
      if (failure instanceof KeyLost) {
        return { outcome: { kind: 'key-lost' } };
      }
      if (!(failure instanceof Unreachable)) {
        return { trouble: 'failed' };
      }
    }
  }
  return { trouble: 'unreachable' };
}

async function accountsAt(accounts, callback) {
  return (await accounts.all()).filter(({ base }) => base === callback);
}

/** Accounts of one browser share its subscription, so which of them is asked only the server can tell. */
async function noticeOfQuestion(server, asked, push) {
  const looks = asked.map((account) => lookUp(server, account, push.challenge));
  try {
    const { account, challenge } = await Promise.race([Promise.any(looks), tooLate()]);
    return challenge.expires > server.now() ? question(account, challenge) : gone(server, push);
  } catch (failure) {
    const isCertain = failure.errors?.every((error) => error instanceof NotAsked);
    return isCertain || push.expires <= server.now() ? gone(server, push) : withoutDetails(push);
  }
}

async function lookUp(server, account, id) {
  const { status, body } = await server.challenge(account, id);
  if (status === 404 || status === 401) {
    throw new NotAsked();
  }
  if (status !== 200) {
    throw new Unreachable(`status ${status}`);
  }
  return { account, challenge: body };
}

function tooLate() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Unreachable('no answer in time')), LONGEST_LOOK_MILLISECONDS);
  });
}

/** In our own words: the server's are in a language of its own. */
function withoutDetails({ challenge }) {
  const { title, text } = words.notification;
  return { ...about(challenge), ...asking(), title, body: text };
}

function question({ device }, challenge) {
  const { id, nonce, user, service, from, client, match } = challenge;
  // What must be typed or chosen is asked for in the app alone, so that no button approves without it.
  const isPlain = match === 'none';
  const { [match === 'choose' ? 'choose' : 'number']: howToAnswer } = words.notification;
  const details = words.notification.details(visible(user), visible(service),
    from ? visible(from) : words.challenge.addressUnknown, visible(client));
  const isAnsweredHere = isPlain && globalThis.Notification?.maxActions > 0;
  return {
    ...about(id),
    ...asking(),
    title: words.challenge.title,
    body: [details, ...reasonsOf(challenge), ...(isPlain ? [] : [howToAnswer])].join('\n'),
    timestamp: challenge.issued * 1000,
    ...(isAnsweredHere ? { actions: buttons(), data: { challenge: id, device, nonce } } : {}),
  };
}

function buttons() {
  return [
    { action: 'approve', title: words.challenge.approve },
    { action: 'deny', title: words.challenge.deny },
  ];
}

function about(challenge) {
  return { tag: challenge, icon: ICON, lang: words.language, data: { challenge } };
}

function asking() {
  return { requireInteraction: true, renotify: true };
}

function over({ challenge }, title, body) {
  return { ...about(challenge), title: title || words.outcome.elsewhere.title, body, silent: true, data: {} };
}

function gone(server, push) {
  const { title, text } = push.expires <= server.now() ? words.outcome.expired : words.outcome.elsewhere;
  return over(push, title, text);
}

function neutral() {
  return { title: words.title, body: words.notification.neutral, tag: OUR_TAG, icon: ICON, lang: words.language,
    data: {} };
}
