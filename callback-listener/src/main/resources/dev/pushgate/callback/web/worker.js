/** The service worker: shows pushes as notifications, and answers from their buttons. */

import { Accounts } from './app/accounts.js';
import { baseAddress } from './app/address.js';
import { noticeAtOnce, noticeOfAnswer, noticeOfPush, readPush } from './app/notices.js';
import { PushAddresses } from './app/push-addresses.js';
import { Server } from './app/server.js';
import { subscribe } from './app/subscription.js';

const SOON_MILLISECONDS = 2_000;

const base = baseAddress(registration.scope);
const server = new Server(base);
const accounts = new Accounts(base);

// An old worker would go on until each window of the app is closed, which on a phone may be never.
addEventListener('install', () => skipWaiting());
addEventListener('push', (event) => event.waitUntil(pushed(event.data)));
addEventListener('notificationclick', (event) => event.waitUntil(clicked(event)));
addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscriptionChanged()));

/**
 * Shows a notification whatever came, and soon: a browser takes the right to push from those who show none, and the
 * user has little time. Details that come late take its place.
 */
async function pushed(data) {
  const push = readPush(data);
  const noticed = noticeOfPush(server, accounts, push);
  const notice = await Promise.race([noticed, late()]);
  if (notice) {
    await show(notice);
    return;
  }
  const first = noticeAtOnce(base, push);
  await show(first);
  const second = await noticed;
  if (await isStillShown(first)) {
    await show({ ...second, renotify: false, silent: true });
  }
}

function late() {
  return new Promise((resolve) => {
    setTimeout(resolve, SOON_MILLISECONDS, null);
  });
}

/** Not so once the user has tapped it or wiped it away, or once another device's answer has taken its place. */
async function isStillShown({ tag, data }) {
  const shown = await registration.getNotifications({ tag });
  return shown.some((notification) => notification.data?.challenge === data.challenge);
}

async function clicked({ action, notification }) {
  const { challenge, device, nonce } = notification.data ?? {};
  notification.close();
  if (action !== 'approve' && action !== 'deny') {
    await open(challenge);
    return;
  }
  const { notice, isDone } = await noticeOfAnswer(server, accounts, { id: challenge, device, nonce }, action);
  await show(notice);
  if (!isDone) {
    await open(challenge);
  }
}

function show({ title, ...options }) {
  return registration.showNotification(title, options);
}

/** Brings the app to the front, at a challenge where one is given. */
async function open(challenge) {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const ours = windows.find(({ url }) => baseAddress(url) === base);
  try {
    if (ours) {
      ours.postMessage({ challenge });
      await ours.focus();
    } else {
      await clients.openWindow(challenge ? `${base}/?challenge=${encodeURIComponent(challenge)}` : `${base}/`);
    }
  } catch {
    // A browser lets us do that only for a short while after the click. The notification is still there.
  }
}

async function subscriptionChanged() {
  const key = (await server.config()).webpush?.key;
  const address = key ? await subscribe(registration.pushManager, key) : null;
  await new PushAddresses(server, accounts).tell(await accounts.all(), address);
}
