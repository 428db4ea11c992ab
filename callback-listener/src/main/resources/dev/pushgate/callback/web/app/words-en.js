/** All texts of the app, in English. words-de.js has the same, name for name. */

const ADMINISTRATOR_SENDS_LINK = 'Ask your administrator for a new enrolment link, then remove this entry.';

const ORDINALS = { 2: 'Second', 3: 'Third', 4: 'Fourth', 5: 'Fifth', 6: 'Sixth' };

const ANSWERED_AS = { approved: 'approved', denied: 'denied', reported: 'reported as not you' };

export const words = {
  language: 'en',
  title: 'Pushgate',
  titleAsking: (count) => (count === 1 ? 'Sign-in request' : `${count} sign-in requests`),
  signIn: (user, service) => `${user} at ${service}`,
  noConnection: 'No connection to the server. Trying again…',

  unusable: {
    title: 'This browser cannot be used',
    insecure: 'Pushgate works only over a secure connection. Open it with an address that begins with https://.',
    storage: 'This browser does not let Pushgate keep its key. Private windows and blocked site data do that. Open the '
      + 'page in a normal window, allow site data for it, and load it again.',
  },

  device: {
    iphone: 'iPhone',
    ipad: 'iPad',
    androidPhone: 'Android phone',
    androidTablet: 'Android tablet',
    browser: 'Browser',
    browserOn: (browser, system) => `${browser} on ${system}`,
  },

  enrolment: {
    title: 'Set up this device',
    purpose: 'Approve your sign-ins on this device with one tap. Its key is made here and never leaves it.',
    service: 'Service',
    code: 'Enrolment code',
    codeHint: 'From your administrator. You can also paste the whole link.',
    name: 'Name of this device',
    nameHint: 'So that you can tell it from your other devices.',
    password: 'Password',
    passwordHint: 'The one that you sign in with.',
    submit: 'Set up this device',
    submitting: 'Setting up…',
    cancel: 'Cancel',
    done: (user, service) => `All set. This device now approves sign-ins of ${user} at ${service}.`,
    errors: {
      'no-code': 'Type or paste the code from your administrator.',
      'no-name': 'Give this device a name.',
      elsewhere: (base) => `This link is for another server. Open it itself instead of pasting it here: ${base}`,
      'code-invalid': 'This code is not valid. A code works once and only for a limited time. Look for a typing error, '
        + 'or ask your administrator for a new link.',
      'password-needed': 'This link asks for your password as well.',
      'password-or-code': 'The password is wrong, or the link is no longer valid. Try again, or sign in again for a new '
        + 'link.',
      'key-known': 'The server knows this device’s key from an earlier try. A new key is ready: try once more. If the '
        + 'code is refused then, ask your administrator for a new link.',
      malformed: 'The server could not read the request. Load this page again and try once more. If that does not '
        + 'help, tell your administrator.',
      signature: 'The server refused the request. Open the enrolment link exactly as you got it, and try once more. If '
        + 'that does not help, tell your administrator.',
      'too-many': (seconds) => `Too many tries. Wait ${duration(seconds)}, then try once more.`,
      unreachable: 'The server cannot be reached. Your code is still good: check your connection, then try once more.',
      storage: 'This browser does not let Pushgate keep its key. Open the link in a normal, not a private, window and '
        + 'allow site data for it.',
    },
  },

  homeScreen: {
    title: 'First add Pushgate to your Home Screen',
    why: 'On an iPhone or iPad the app on the Home Screen keeps its own key, so set it up there and not in this '
      + 'browser.',
    steps: [
      'Tap the Share button of your browser. Newer versions keep it behind the button with three dots.',
      'Choose “Add to Home Screen”, then “Add”.',
      'Open Pushgate from the Home Screen.',
    ],
    lastStep: 'Enter your enrolment code there:',
    lastStepWithoutCode: 'Enter the enrolment code from your administrator there.',
    copy: 'Copy code',
    copied: 'Code copied.',
    notCopied: 'Copying was not allowed. Select the code and copy it yourself.',
    useBrowser: 'Use it in this browser anyway',
  },

  challenge: {
    all: 'Sign-in requests',
    title: 'Is this you?',
    purpose: (service) => `Someone is signing in to ${service} as you.`,
    user: 'User',
    service: 'Service',
    from: 'From',
    addressUnknown: 'address unknown',
    client: 'Through',
    timeLeft: 'Time left',
    number: 'Number that your sign-in window shows',
    numberHint: (digits) => `${digits} digits. Without them you cannot approve.`,
    choose: 'Tap what your sign-in window shows',
    chooseHint: 'The right one approves. A wrong one denies the sign-in.',
    approveWith: (option) => `Approve with ${option}`,
    unknownMatch: 'This version of the app cannot approve this sign-in. Load the page again.',
    newPlace: 'New place: in the last 30 days nobody has signed in as you from this address.',
    manyRequests: (count) => `${ordinal(count)} request in a short time.`,
    lookTwice: 'Approve only if you are signing in right now.',
    approve: 'Approve',
    deny: 'Deny',
    report: 'This wasn’t me',
    reportTitle: 'Report this sign-in?',
    reportText: 'It is denied at once, and your administrator is told that it was not you. After that, requests from '
      + 'places where you have not signed in lately are held back.',
    reportConfirm: 'Deny and report',
    reportBack: 'Back',
    sending: 'Sending…',
    trouble: {
      unreachable: 'Your answer did not reach the server. Check your connection, then press again.',
      'too-many': (seconds) => `The server is busy. You can press again in ${duration(seconds)}.`,
    },
    left: (seconds) => `${duration(seconds)} left to answer`,
    arrived: (user, service) => `New sign-in request for ${user} at ${service}.`,
  },

  outcome: {
    dismiss: 'Done',
    from: (address) => `from ${address}`,
    approved: { title: 'Approved', text: 'The sign-in goes ahead.' },
    denied: { title: 'Denied', text: 'Nobody was let in. If you did not start this sign-in, change your password.' },
    reported: {
      title: 'Denied and reported',
      text: 'Somebody may know your password. Change it now, and tell your administrator.',
    },
    settled: {
      title: (state) => (state ? `Already answered: ${ANSWERED_AS[state] ?? state}` : 'Already answered'),
      text: 'This request was answered before, here or on another of your devices. That answer stands.',
    },
    elsewhere: {
      title: 'No longer open',
      text: 'This request was answered on another of your devices, or the sign-in was given up.',
    },
    expired: { title: 'Expired', text: 'The time to answer is over and nobody was let in. Start the sign-in again.' },
    unconfirmed: {
      title: 'Not confirmed',
      text: 'The time is over, and whether your answer arrived is not known. See what your sign-in window says.',
    },
    mismatch: {
      title: 'Wrong number',
      text: 'The sign-in was denied. Start it again and answer with the new number that it shows.',
    },
    unknown: {
      title: 'No longer known',
      text: 'The server does not know this request any more. Start the sign-in again.',
    },
    refused: {
      title: 'Not accepted',
      text: 'The server no longer takes answers from this device, so nothing was approved. See below for what to do.',
    },
    'key-lost': {
      title: 'Not sent',
      text: 'The key of this device is lost, so nothing was approved. See below for what to do.',
    },
    malformed: {
      title: 'Not understood',
      text: 'The server could not read the answer. Load this page again and start the sign-in again. If that does not '
        + 'help, tell your administrator.',
    },
  },

  idle: {
    title: 'Waiting for sign-ins',
    text: 'Keep this page open while you sign in. Requests appear here by themselves.',
    textNotified: 'Requests come as notifications, also while this page is closed.',
  },

  notification: {
    details: (user, service, from, client) => `${user} at ${service}\nFrom ${from}\nThrough ${client}`,
    title: 'Sign-in request',
    text: 'Is it you who signs in? Open to answer.',
    number: 'Open Pushgate and type the number that your sign-in window shows.',
    choose: 'Open Pushgate and tap what your sign-in window shows.',
    neutral: 'Open Pushgate to see whether a sign-in waits for you.',
    notSent: {
      title: 'Your answer was not sent',
      unreachable: 'The server could not be reached. Open Pushgate and answer there.',
      'too-many': 'The server is busy. Open Pushgate and answer there.',
      failed: 'Open Pushgate and answer there.',
    },
    outcome: {
      refused: 'The server no longer takes answers from this device, so nothing was approved. Open Pushgate to see what '
        + 'to do.',
      'key-lost': 'The key of this device is lost, so nothing was approved. Open Pushgate to see what to do.',
      malformed: 'The server could not read the answer. Start the sign-in again, and answer in Pushgate. If that does '
        + 'not help, tell your administrator.',
    },
  },

  notifications: {
    allow: 'Switch on notifications',
    ask: {
      title: 'Be told of sign-ins',
      text: 'With notifications this device lights up when somebody signs in as you. Without them, keep this page open '
        + 'while you sign in.',
    },
    denied: {
      title: 'Notifications are blocked',
      text: 'Allow notifications for this page in the settings of your browser, then come back. Until then, keep '
        + 'this page open while you sign in.',
    },
    untrusted: {
      title: 'No notifications here',
      text: 'This browser does not trust the certificate of the server, and so it allows no notifications. Tell your '
        + 'administrator. Until then, keep this page open while you sign in.',
    },
    unsupported: {
      title: 'No notifications here',
      text: 'This browser cannot show notifications of this page. Keep the page open while you sign in.',
    },
    'home-screen': {
      title: 'Notifications need the Home Screen',
      text: 'An iPhone or iPad shows notifications only of apps on its Home Screen. Here, keep this page open while you '
        + 'sign in. For notifications, set Pushgate up there:',
    },
    failed: {
      title: 'Notifications do not work now',
      text: 'They could not be set up. Pushgate tries again when you open it the next time. Until then, keep this page '
        + 'open while you sign in.',
    },
  },

  accounts: {
    title: 'Accounts on this device',
    device: (name) => `Device: ${name}`,
    add: 'Add an account',
    remove: 'Remove',
    removeLabel: (user, service) => `Remove ${user} at ${service}`,
    removeTitle: 'Remove this account?',
    removeText: 'You can then no longer approve its sign-ins on this device.',
    removeConfirm: 'Remove account',
    removing: 'Removing…',
    keep: 'Keep it',
    removed: (user, service) => `${user} at ${service} was removed from this device.`,
    unreachable: 'The server cannot be reached. You may remove the account here only: the server then goes on listing '
      + 'this device until your administrator removes it.',
    removeHere: 'Remove here only',
    lost: {
      refused: {
        title: 'This device is no longer known',
        text: `The server does not take its key any more. ${ADMINISTRATOR_SENDS_LINK}`,
      },
      'key-lost': {
        title: 'The key of this account was lost',
        text: `This browser has deleted it. ${ADMINISTRATOR_SENDS_LINK}`,
      },
    },
  },
};

function duration(seconds) {
  const whole = Math.ceil(seconds);
  if (whole >= 120) {
    return `${Math.ceil(whole / 60)} minutes`;
  }
  return whole === 1 ? '1 second' : `${whole} seconds`;
}

function ordinal(count) {
  const suffix = { 1: 'st', 2: 'nd', 3: 'rd' }[count % 10];
  const isTeen = Math.trunc(count / 10) % 10 === 1;
  return ORDINALS[count] ?? `${count}${(isTeen ? null : suffix) ?? 'th'}`;
}
