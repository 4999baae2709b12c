/** What people talk about with customers. `{contact}` is the contact's name. */
export const CONVERSATIONS = [
  {
    kind: 'call',
    direction: 'in',
    subject: 'Rückfrage zum Angebot',
    body: '{contact} möchte wissen, ob die Anfahrt im Angebot enthalten ist. Ja, ist sie. Entscheidung bis Ende der Woche.',
  },
  {
    kind: 'call',
    direction: 'out',
    subject: 'Termin für die Wartung abgestimmt',
    body: 'Mit {contact} den Zeitraum für die jährliche Wartung festgelegt. Zugang über den Hof, bitte vorher anrufen.',
  },
  {
    kind: 'call',
    direction: 'in',
    subject: 'Liefertermin verschieben',
    body: 'Die Halle wird erst zwei Wochen später fertig. {contact} bittet, die Lieferung entsprechend zu verschieben.',
  },
  {
    kind: 'call',
    direction: 'out',
    subject: 'Offene Rechnung angesprochen',
    body: '{contact} hat die Rechnung nicht erhalten. Noch einmal an die Buchhaltung geschickt, Zahlung ist zugesagt.',
  },
  {
    kind: 'call',
    direction: 'out',
    subject: 'Nachgefasst',
    body: '{contact} ist im Urlaub, die Vertretung weiß Bescheid. Nächste Woche noch einmal anrufen.',
  },
  {
    kind: 'email',
    direction: 'out',
    subject: 'Angebot geschickt',
    body: 'Guten Tag,\n\nwie besprochen erhalten Sie unser Angebot. Für Fragen sind wir gern da.\n\nFreundliche Grüße',
  },
  {
    kind: 'email',
    direction: 'in',
    subject: 'Auftrag bestätigt',
    body: 'Guten Tag,\n\nhiermit bestätigen wir den Auftrag wie angeboten. Bitte nennen Sie uns den Ausführungstermin.\n\n{contact}',
  },
  {
    kind: 'email',
    direction: 'in',
    subject: 'Neue Rechnungsanschrift',
    body: 'Bitte stellen Sie Rechnungen ab sofort auf unsere neue Anschrift aus.\n\nViele Grüße\n{contact}',
  },
  {
    kind: 'email',
    direction: 'out',
    subject: 'Unterlagen zum Rahmenvertrag',
    body: 'Guten Tag,\n\nim Anhang der Entwurf des Rahmenvertrags mit den Staffelpreisen ab Januar.\n\nFreundliche Grüße',
  },
  {
    kind: 'meeting',
    direction: 'out',
    subject: 'Ortstermin',
    body: 'Aufmaß genommen und die Anschlüsse geprüft. {contact} wünscht zwei Varianten, eine davon mit längerer Garantie.',
  },
  {
    kind: 'meeting',
    direction: 'in',
    subject: 'Besuch in unserer Ausstellung',
    body: '{contact} war mit zwei Kollegen da. Großes Interesse, vor allem an kurzen Lieferzeiten.',
  },
  {
    kind: 'meeting',
    direction: 'out',
    subject: 'Jahresgespräch',
    body: 'Sehr zufrieden mit der Erreichbarkeit. Wunsch: ein fester Ansprechpartner auch im Lager. Umsatz soll leicht wachsen.',
  },
  {
    kind: 'note',
    direction: null,
    subject: 'Zahlungsziel',
    body: 'Zahlt zuverlässig, meist vor Fälligkeit. Skonto wurde bisher nicht genutzt.',
  },
  {
    kind: 'note',
    direction: null,
    subject: 'Erreichbarkeit',
    body: 'Vormittags am besten zu erreichen, freitags nur bis 13 Uhr. Für Dringendes die Durchwahl von {contact} nehmen.',
  },
  {
    kind: 'note',
    direction: null,
    subject: 'Wettbewerb',
    body: 'Hat ein zweites Angebot vorliegen. Der Preis ist ähnlich, für uns spricht der Kundendienst vor Ort.',
  },
  {
    kind: 'note',
    direction: null,
    subject: 'Umzug geplant',
    body: 'Im nächsten Jahr zieht der Betrieb in größere Räume. Rechtzeitig wegen der Ausstattung melden.',
  },
] as const
