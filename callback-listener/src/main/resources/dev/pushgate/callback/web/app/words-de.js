/** All texts of the app, in German. words-en.js has the same, name for name. */

const ADMINISTRATOR_SENDS_LINK = 'Bitten Sie Ihre Administration um einen neuen Registrierungslink und entfernen Sie dann '
  + 'diesen Eintrag.';

const ORDINALS = { 2: 'Zweite', 3: 'Dritte', 4: 'Vierte', 5: 'Fünfte', 6: 'Sechste' };

const ANSWERED_AS = { approved: 'bestätigt', denied: 'abgelehnt', reported: 'als fremd gemeldet' };

export const words = {
  language: 'de',
  title: 'Pushgate',
  titleAsking: (count) => (count === 1 ? 'Anmeldeanfrage' : `${count} Anmeldeanfragen`),
  signIn: (user, service) => `${user} bei ${service}`,
  noConnection: 'Keine Verbindung zum Server. Neuer Versuch läuft …',

  unusable: {
    title: 'Dieser Browser kann nicht verwendet werden',
    insecure: 'Pushgate funktioniert nur über eine sichere Verbindung. Öffnen Sie es mit einer Adresse, die mit https:// '
      + 'beginnt.',
    storage: 'Dieser Browser lässt Pushgate seinen Schlüssel nicht speichern. Das liegt an privaten Fenstern oder '
      + 'gesperrten Websitedaten. Öffnen Sie die Seite in einem normalen Fenster, erlauben Sie Websitedaten für sie und '
      + 'laden Sie sie neu.',
  },

  device: {
    iphone: 'iPhone',
    ipad: 'iPad',
    androidPhone: 'Android-Telefon',
    androidTablet: 'Android-Tablet',
    browser: 'Browser',
    browserOn: (browser, system) => `${browser} unter ${system}`,
  },

  enrolment: {
    title: 'Dieses Gerät einrichten',
    purpose: 'Bestätigen Sie Ihre Anmeldungen auf diesem Gerät mit einem Tippen. Sein Schlüssel entsteht hier und '
      + 'verlässt es nie.',
    service: 'Dienst',
    code: 'Registrierungscode',
    codeHint: 'Von Ihrer Administration. Sie können auch den ganzen Link einfügen.',
    name: 'Name dieses Geräts',
    nameHint: 'Damit Sie es von Ihren anderen Geräten unterscheiden können.',
    password: 'Kennwort',
    passwordHint: 'Das, mit dem Sie sich anmelden.',
    submit: 'Dieses Gerät einrichten',
    submitting: 'Wird eingerichtet …',
    cancel: 'Abbrechen',
    done: (user, service) => `Fertig. Dieses Gerät bestätigt nun Anmeldungen von ${user} bei ${service}.`,
    errors: {
      'no-code': 'Geben Sie den Code Ihrer Administration ein oder fügen Sie ihn ein.',
      'no-name': 'Geben Sie diesem Gerät einen Namen.',
      elsewhere: (base) => 'Dieser Link ist für einen anderen Server. Öffnen Sie ihn selbst, statt ihn hier einzufügen: '
        + base,
      'code-invalid': 'Dieser Code ist nicht gültig. Ein Code gilt nur einmal und nur für begrenzte Zeit. Suchen Sie nach '
        + 'einem Tippfehler oder bitten Sie Ihre Administration um einen neuen Link.',
      'password-needed': 'Dieser Link verlangt auch Ihr Kennwort.',
      'password-or-code': 'Das Kennwort ist falsch, oder der Link gilt nicht mehr. Versuchen Sie es noch einmal, oder melden '
        + 'Sie sich noch einmal an, um einen neuen Link zu bekommen.',
      'key-known': 'Der Server kennt den Schlüssel dieses Geräts von einem früheren Versuch. Ein neuer Schlüssel liegt '
        + 'bereit: Versuchen Sie es noch einmal. Wird der Code dann abgelehnt, bitten Sie Ihre Administration um einen '
        + 'neuen Link.',
      malformed: 'Der Server konnte die Anfrage nicht lesen. Laden Sie diese Seite neu und versuchen Sie es noch einmal. '
        + 'Hilft das nicht, wenden Sie sich an Ihre Administration.',
      signature: 'Der Server hat die Anfrage abgelehnt. Öffnen Sie den Registrierungslink genau so, wie Sie ihn bekommen '
        + 'haben, und versuchen Sie es noch einmal. Hilft das nicht, wenden Sie sich an Ihre Administration.',
      'too-many': (seconds) => `Zu viele Versuche. Warten Sie ${duration(seconds)}, dann versuchen Sie es noch einmal.`,
      unreachable: 'Der Server ist nicht erreichbar. Ihr Code gilt noch: Prüfen Sie Ihre Verbindung und versuchen Sie es '
        + 'dann noch einmal.',
      storage: 'Dieser Browser lässt Pushgate seinen Schlüssel nicht speichern. Öffnen Sie den Link in einem normalen, '
        + 'nicht in einem privaten Fenster und erlauben Sie dafür Websitedaten.',
    },
  },

  homeScreen: {
    title: 'Legen Sie Pushgate zuerst auf den Home-Bildschirm',
    why: 'Auf einem iPhone oder iPad behält die App auf dem Home-Bildschirm ihren eigenen Schlüssel. Richten Sie sie '
      + 'deshalb dort ein und nicht in diesem Browser.',
    steps: [
      'Tippen Sie in Ihrem Browser auf „Teilen“. In neueren Versionen liegt das hinter der Taste mit den drei Punkten.',
      'Wählen Sie „Zum Home-Bildschirm“ und dann „Hinzufügen“.',
      'Öffnen Sie Pushgate vom Home-Bildschirm aus.',
    ],
    lastStep: 'Geben Sie dort Ihren Registrierungscode ein:',
    lastStepWithoutCode: 'Geben Sie dort den Registrierungscode Ihrer Administration ein.',
    copy: 'Code kopieren',
    copied: 'Code kopiert.',
    notCopied: 'Das Kopieren wurde nicht erlaubt. Markieren Sie den Code und kopieren Sie ihn selbst.',
    useBrowser: 'Trotzdem in diesem Browser verwenden',
  },

  challenge: {
    all: 'Anmeldeanfragen',
    title: 'Sind Sie das?',
    purpose: (service) => `Jemand meldet sich gerade als Sie bei ${service} an.`,
    user: 'Benutzer',
    service: 'Dienst',
    from: 'Von',
    addressUnknown: 'Adresse unbekannt',
    client: 'Über',
    timeLeft: 'Verbleibende Zeit',
    number: 'Zahl aus Ihrem Anmeldefenster',
    numberHint: (digits) => `${digits} Ziffern. Ohne sie können Sie nicht bestätigen.`,
    choose: 'Tippen Sie auf das, was Ihr Anmeldefenster zeigt',
    chooseHint: 'Das Richtige bestätigt die Anmeldung. Etwas Falsches lehnt sie ab.',
    approveWith: (option) => `Mit ${option} bestätigen`,
    unknownMatch: 'Diese Version der App kann diese Anmeldung nicht bestätigen. Laden Sie die Seite neu.',
    newPlace: 'Neuer Ort: In den letzten 30 Tagen hat sich von dieser Adresse niemand als Sie angemeldet.',
    manyRequests: (count) => `${ORDINALS[count] ?? `${count}.`} Anfrage in kurzer Zeit.`,
    lookTwice: 'Bestätigen Sie nur, wenn Sie sich jetzt gerade anmelden.',
    approve: 'Bestätigen',
    deny: 'Ablehnen',
    report: 'Das war ich nicht',
    reportTitle: 'Diese Anmeldung melden?',
    reportText: 'Sie wird sofort abgelehnt, und Ihre Administration erfährt, dass Sie es nicht waren. Danach werden Anfragen '
      + 'von Orten zurückgehalten, an denen Sie sich in letzter Zeit nicht angemeldet haben.',
    reportConfirm: 'Ablehnen und melden',
    reportBack: 'Zurück',
    sending: 'Wird gesendet …',
    trouble: {
      unreachable: 'Ihre Antwort hat den Server nicht erreicht. Prüfen Sie Ihre Verbindung und tippen Sie dann noch einmal.',
      'too-many': (seconds) => `Der Server ist beschäftigt. Sie können in ${duration(seconds)} wieder antworten.`,
    },
    left: (seconds) => `Noch ${duration(seconds)} zum Antworten`,
    arrived: (user, service) => `Neue Anmeldeanfrage für ${user} bei ${service}.`,
  },

  outcome: {
    dismiss: 'Fertig',
    from: (address) => `von ${address}`,
    approved: { title: 'Bestätigt', text: 'Die Anmeldung geht weiter.' },
    denied: {
      title: 'Abgelehnt',
      text: 'Niemand wurde hereingelassen. Wenn Sie diese Anmeldung nicht begonnen haben, ändern Sie Ihr Passwort.',
    },
    reported: {
      title: 'Abgelehnt und gemeldet',
      text: 'Vielleicht kennt jemand Ihr Passwort. Ändern Sie es jetzt und sagen Sie Ihrer Administration Bescheid.',
    },
    settled: {
      title: (state) => (state ? `Schon beantwortet: ${ANSWERED_AS[state] ?? state}` : 'Schon beantwortet'),
      text: 'Diese Anfrage wurde schon beantwortet, hier oder auf einem anderen Ihrer Geräte. Jene Antwort gilt.',
    },
    elsewhere: {
      title: 'Nicht mehr offen',
      text: 'Diese Anfrage wurde auf einem anderen Ihrer Geräte beantwortet, oder die Anmeldung wurde abgebrochen.',
    },
    expired: {
      title: 'Abgelaufen',
      text: 'Die Zeit zum Antworten ist vorbei, und niemand wurde hereingelassen. Beginnen Sie die Anmeldung neu.',
    },
    unconfirmed: {
      title: 'Nicht bestätigt',
      text: 'Die Zeit ist vorbei, und ob Ihre Antwort angekommen ist, ist nicht bekannt. Sehen Sie in Ihrem Anmeldefenster '
        + 'nach.',
    },
    mismatch: {
      title: 'Falsche Zahl',
      text: 'Die Anmeldung wurde abgelehnt. Beginnen Sie sie neu und antworten Sie mit der neuen Zahl, die sie zeigt.',
    },
    unknown: {
      title: 'Nicht mehr bekannt',
      text: 'Der Server kennt diese Anfrage nicht mehr. Beginnen Sie die Anmeldung neu.',
    },
    refused: {
      title: 'Nicht angenommen',
      text: 'Der Server nimmt keine Antworten dieses Geräts mehr an; es wurde also nichts bestätigt. Was zu tun ist, steht '
        + 'unten.',
    },
    'key-lost': {
      title: 'Nicht gesendet',
      text: 'Der Schlüssel dieses Geräts ist verloren; es wurde also nichts bestätigt. Was zu tun ist, steht unten.',
    },
    malformed: {
      title: 'Nicht verstanden',
      text: 'Der Server konnte die Antwort nicht lesen. Laden Sie diese Seite neu und beginnen Sie die Anmeldung neu. Hilft '
        + 'das nicht, wenden Sie sich an Ihre Administration.',
    },
  },

  idle: {
    title: 'Warten auf Anmeldungen',
    text: 'Lassen Sie diese Seite offen, während Sie sich anmelden. Anfragen erscheinen hier von selbst.',
    textNotified: 'Anfragen kommen als Mitteilungen, auch wenn diese Seite geschlossen ist.',
  },

  notification: {
    details: (user, service, from, client) => `${user} bei ${service}\nVon ${from}\nÜber ${client}`,
    title: 'Anmeldeanfrage',
    text: 'Melden Sie sich gerade an? Zum Antworten öffnen.',
    number: 'Öffnen Sie Pushgate und geben Sie die Zahl aus Ihrem Anmeldefenster ein.',
    choose: 'Öffnen Sie Pushgate und tippen Sie auf das, was Ihr Anmeldefenster zeigt.',
    neutral: 'Öffnen Sie Pushgate, um zu sehen, ob eine Anmeldung auf Sie wartet.',
    notSent: {
      title: 'Ihre Antwort wurde nicht gesendet',
      unreachable: 'Der Server war nicht erreichbar. Öffnen Sie Pushgate und antworten Sie dort.',
      'too-many': 'Der Server ist beschäftigt. Öffnen Sie Pushgate und antworten Sie dort.',
      failed: 'Öffnen Sie Pushgate und antworten Sie dort.',
    },
    outcome: {
      refused: 'Der Server nimmt keine Antworten dieses Geräts mehr an; es wurde also nichts bestätigt. Öffnen Sie Pushgate, '
        + 'um zu sehen, was zu tun ist.',
      'key-lost': 'Der Schlüssel dieses Geräts ist verloren; es wurde also nichts bestätigt. Öffnen Sie Pushgate, um zu '
        + 'sehen, was zu tun ist.',
      malformed: 'Der Server konnte die Antwort nicht lesen. Beginnen Sie die Anmeldung neu und antworten Sie in Pushgate. '
        + 'Hilft das nicht, wenden Sie sich an Ihre Administration.',
    },
  },

  notifications: {
    allow: 'Mitteilungen einschalten',
    ask: {
      title: 'Von Anmeldungen erfahren',
      text: 'Mit Mitteilungen meldet sich dieses Gerät, wenn sich jemand als Sie anmeldet. Lassen Sie ohne sie diese Seite '
        + 'offen, während Sie sich anmelden.',
    },
    denied: {
      title: 'Mitteilungen sind gesperrt',
      text: 'Erlauben Sie Mitteilungen dieser Seite in den Einstellungen Ihres Browsers und kommen Sie dann zurück. Lassen '
        + 'Sie bis dahin diese Seite offen, während Sie sich anmelden.',
    },
    untrusted: {
      title: 'Hier keine Mitteilungen',
      text: 'Dieser Browser vertraut dem Zertifikat des Servers nicht und erlaubt deshalb keine Mitteilungen. Sagen Sie '
        + 'Ihrer Administration Bescheid. Lassen Sie bis dahin diese Seite offen, während Sie sich anmelden.',
    },
    unsupported: {
      title: 'Hier keine Mitteilungen',
      text: 'Dieser Browser kann Mitteilungen dieser Seite nicht anzeigen. Lassen Sie die Seite offen, während Sie sich '
        + 'anmelden.',
    },
    'home-screen': {
      title: 'Mitteilungen brauchen den Home-Bildschirm',
      text: 'Ein iPhone oder iPad zeigt Mitteilungen nur von Apps auf dem Home-Bildschirm. Lassen Sie hier diese Seite '
        + 'offen, während Sie sich anmelden. Für Mitteilungen richten Sie Pushgate dort ein:',
    },
    failed: {
      title: 'Mitteilungen funktionieren zurzeit nicht',
      text: 'Sie konnten nicht eingerichtet werden. Pushgate versucht es wieder, wenn Sie es das nächste Mal öffnen. Lassen '
        + 'Sie bis dahin diese Seite offen, während Sie sich anmelden.',
    },
  },

  accounts: {
    title: 'Konten auf diesem Gerät',
    device: (name) => `Gerät: ${name}`,
    add: 'Konto hinzufügen',
    remove: 'Entfernen',
    removeLabel: (user, service) => `Entfernen: ${user} bei ${service}`,
    removeTitle: 'Dieses Konto entfernen?',
    removeText: 'Sie können seine Anmeldungen dann auf diesem Gerät nicht mehr bestätigen.',
    removeConfirm: 'Konto entfernen',
    removing: 'Wird entfernt …',
    keep: 'Behalten',
    removed: (user, service) => `${user} bei ${service} wurde von diesem Gerät entfernt.`,
    unreachable: 'Der Server ist nicht erreichbar. Sie können das Konto nur hier entfernen: Der Server führt dieses Gerät '
      + 'dann weiter, bis Ihre Administration es entfernt.',
    removeHere: 'Nur hier entfernen',
    lost: {
      refused: {
        title: 'Dieses Gerät ist nicht mehr bekannt',
        text: `Der Server nimmt seinen Schlüssel nicht mehr an. ${ADMINISTRATOR_SENDS_LINK}`,
      },
      'key-lost': {
        title: 'Der Schlüssel dieses Kontos ist verloren gegangen',
        text: `Dieser Browser hat ihn gelöscht. ${ADMINISTRATOR_SENDS_LINK}`,
      },
    },
  },
};

function duration(seconds) {
  const whole = Math.ceil(seconds);
  if (whole >= 120) {
    return `${Math.ceil(whole / 60)} Minuten`;
  }
  return whole === 1 ? '1 Sekunde' : `${whole} Sekunden`;
}
