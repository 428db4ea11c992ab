/** What this browser runs on. */

import { words } from './words.js';

const BROWSERS = [['Edge', /\bEdgA?\/|EdgiOS/], ['Opera', /\bOPR\//], ['Firefox', /\bFirefox\/|FxiOS/],
  ['Chrome', /Chrome\/|CriOS/], ['Safari', /\bSafari\//]];
const SYSTEMS = [['ChromeOS', /\bCrOS\b/], ['Windows', /\bWindows\b/], ['Mac', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/]];

/**
 * Whether the app belongs on the Home Screen first: on an iPhone or iPad what is kept in a browser tab and what is kept
 * in the app on the Home Screen are two different storages.
 *
 * @returns {boolean}
 */
export function belongsOnHomeScreen() {
  const installed = navigator.standalone === true || matchMedia('(display-mode: standalone)').matches;
  return (isIphone() || isIpad()) && !installed;
}

/**
 * A name that tells this device from the user's others.
 *
 * @returns {Promise<string>}
 */
export async function likelyDeviceName() {
  if (isIphone()) {
    return words.device.iphone;
  }
  if (isIpad()) {
    return words.device.ipad;
  }
  const agent = navigator.userAgent;
  if (/\bAndroid\b/.test(agent)) {
    const kind = /\bMobile\b/.test(agent) ? words.device.androidPhone : words.device.androidTablet;
    return (await androidModel()) || kind;
  }
  const browser = firstMatch(BROWSERS, agent) ?? words.device.browser;
  const system = firstMatch(SYSTEMS, agent);
  return system ? words.device.browserOn(browser, system) : browser;
}

function isIphone() {
  return /\b(iPhone|iPod)\b/.test(navigator.userAgent);
}

function isIpad() {
  // Safari on an iPad says that it is a Mac; no Mac has a touch screen.
  const agent = navigator.userAgent;
  return /\biPad\b/.test(agent) || (/\bMacintosh\b/.test(agent) && navigator.maxTouchPoints > 1);
}

async function androidModel() {
  try {
    return (await navigator.userAgentData?.getHighEntropyValues(['model']))?.model;
  } catch {
    return '';
  }
}

function firstMatch(names, agent) {
  return names.find(([, sign]) => sign.test(agent))?.[0];
}
