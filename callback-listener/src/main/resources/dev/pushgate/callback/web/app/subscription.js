/** The browser's subscription to push messages (W3C Push API), of which an app has one for all its accounts. */

/**
 * Subscribes, or keeps the subscription there is when it is for this key. Needs the user's permission.
 *
 * @param {PushManager} pushManager
 * @param {string} key the server's public VAPID key, base64url
 * @returns {Promise<object>} the `push` of the phone API
 */
export async function subscribe(pushManager, key) {
  const wanted = bytes(key);
  let subscription = await pushManager.getSubscription();
  if (subscription && !isSame(subscription.options.applicationServerKey, wanted)) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
  const { endpoint, keys } = subscription.toJSON();
  return { via: 'webpush', subscription: { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } } };
}

/**
 * Gives up the subscription, if there is one.
 *
 * @param {PushManager} pushManager
 */
export async function unsubscribe(pushManager) {
  await (await pushManager.getSubscription())?.unsubscribe();
}

function isSame(buffer, wanted) {
  const had = new Uint8Array(buffer ?? []);
  return had.length === wanted.length && had.every((octet, i) => octet === wanted[i]);
}

function bytes(base64url) {
  const octets = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(octets, (octet) => octet.charCodeAt(0));
}
