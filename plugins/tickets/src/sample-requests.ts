import type { TicketPriority } from './ticket-priority.ts'

export interface SampleRequest {
  readonly subject: string
  readonly description: string
  readonly queue: (typeof QUEUES)[number]['name']
  readonly priority: TicketPriority
  /** What the team answered first. */
  readonly answer: string
}

export const QUEUES = [
  { name: 'Kundendienst', description: 'Fragen zu Aufträgen, Terminen und Lieferungen' },
  { name: 'Technik', description: 'Störungen, Wartung und Einrichtung' },
  { name: 'Buchhaltung', description: 'Rechnungen, Mahnungen und Gutschriften' },
] as const

/** What customers of a German trading and service company write in about. */
export const REQUESTS: readonly SampleRequest[] = [
  {
    subject: 'Anlage startet nach Stromausfall nicht',
    description:
      'Seit dem Stromausfall heute Nacht bleibt die Anlage beim Start stehen. Auf der Anzeige steht Fehler E17.',
    queue: 'Technik',
    priority: 'critical',
    answer:
      'Bitte die Anlage am Hauptschalter für zehn Minuten stromlos machen. Hilft das nicht, kommt heute noch jemand vorbei.',
  },
  {
    subject: 'Keine Verbindung zum Kundenserver',
    description: 'Alle Arbeitsplätze melden, dass der Server nicht erreichbar ist. Der Betrieb steht.',
    queue: 'Technik',
    priority: 'critical',
    answer: 'Wir haben uns aufgeschaltet und sehen die Störung. Ein Dienst wird gerade neu gestartet.',
  },
  {
    subject: 'Rechnung doppelt erhalten',
    description: 'Wir haben dieselbe Rechnung zweimal mit verschiedenen Nummern bekommen. Welche gilt?',
    queue: 'Buchhaltung',
    priority: 'medium',
    answer: 'Die zweite Rechnung war ein Versehen. Sie erhalten dafür eine Stornorechnung.',
  },
  {
    subject: 'Lieferung unvollständig',
    description: 'Es fehlen zwei von acht Paketen. Auf dem Lieferschein stehen alle acht.',
    queue: 'Kundendienst',
    priority: 'high',
    answer: 'Die beiden Pakete liegen noch im Verteilzentrum und werden morgen vor zwölf Uhr zugestellt.',
  },
  {
    subject: 'Wartungstermin vorziehen',
    description: 'Können Sie die Wartung eine Woche früher machen? Wir haben dann Betriebsferien.',
    queue: 'Kundendienst',
    priority: 'low',
    answer: 'Das geht. Wir schlagen Dienstag oder Mittwoch ab acht Uhr vor.',
  },
  {
    subject: 'Zugangsdaten für neue Kollegin',
    description: 'Zum Monatsersten fängt eine neue Kollegin an. Bitte richten Sie einen Zugang ein.',
    queue: 'Technik',
    priority: 'medium',
    answer: 'Gern. Bitte nennen Sie uns Namen und Dienstadresse, dann ist der Zugang rechtzeitig da.',
  },
  {
    subject: 'Mahnung trotz Zahlung',
    description: 'Wir haben vor zwei Wochen bezahlt und heute eine Mahnung bekommen. Bitte prüfen.',
    queue: 'Buchhaltung',
    priority: 'high',
    answer:
      'Ihre Zahlung war einer anderen Rechnung zugeordnet. Das ist berichtigt, die Mahnung ist hinfällig.',
  },
  {
    subject: 'Gerät macht laute Geräusche',
    description: 'Der Lüfter ist seit gestern sehr laut. Ist das gefährlich oder können wir weiterarbeiten?',
    queue: 'Technik',
    priority: 'high',
    answer: 'Sie können weiterarbeiten. Wir tauschen den Lüfter beim nächsten Termin, das Teil ist bestellt.',
  },
  {
    subject: 'Angebot für zusätzliche Geräte',
    description: 'Wir möchten drei weitere Geräte anschaffen. Gilt unser Rahmenvertrag auch dafür?',
    queue: 'Kundendienst',
    priority: 'low',
    answer: 'Ja, der Rahmenvertrag gilt. Das Angebot geht Ihnen bis Freitag zu.',
  },
  {
    subject: 'Ersatzteil passt nicht',
    description: 'Die gelieferte Dichtung ist zu klein. Wir brauchen die Größe für das Vorgängermodell.',
    queue: 'Technik',
    priority: 'medium',
    answer: 'Danke für den Hinweis. Die richtige Dichtung geht heute auf den Weg, die Rücksendung ist frei.',
  },
  {
    subject: 'Rechnungsanschrift ändern',
    description: 'Wir sind umgezogen. Bitte ändern Sie unsere Anschrift ab sofort.',
    queue: 'Buchhaltung',
    priority: 'low',
    answer: 'Die neue Anschrift ist hinterlegt. Soll auch die laufende Rechnung neu ausgestellt werden?',
  },
  {
    subject: 'Auswertung zeigt falsche Zahlen',
    description: 'In der Monatsauswertung fehlen die letzten drei Tage. Letzten Monat war es genauso.',
    queue: 'Technik',
    priority: 'medium',
    answer: 'Wir können das nachstellen und prüfen, warum die letzten Tage nicht übernommen werden.',
  },
  {
    subject: 'Techniker kam nicht zum Termin',
    description: 'Für heute neun Uhr war jemand angekündigt. Bis jetzt ist niemand gekommen.',
    queue: 'Kundendienst',
    priority: 'high',
    answer: 'Das tut uns leid, es gab einen Unfall auf der Strecke. Wir sind in einer Stunde bei Ihnen.',
  },
  {
    subject: 'Schulung für das Team',
    description: 'Wir hätten gern eine Schulung für sechs Personen. Was kostet das und wann ginge es?',
    queue: 'Kundendienst',
    priority: 'low',
    answer: 'Im nächsten Monat haben wir zwei freie Termine. Die Kosten stehen im Angebot im Anhang.',
  },
  {
    subject: 'Drucker im Lager offline',
    description: 'Der Etikettendrucker im Lager wird nicht gefunden. Versand steht, wir schreiben von Hand.',
    queue: 'Technik',
    priority: 'critical',
    answer: 'Der Drucker hat eine neue Adresse bekommen. Wir stellen sie gerade an allen Plätzen um.',
  },
  {
    subject: 'Gutschrift noch nicht angekommen',
    description: 'Vor vier Wochen haben wir Ware zurückgeschickt. Die Gutschrift fehlt noch.',
    queue: 'Buchhaltung',
    priority: 'medium',
    answer: 'Die Ware ist geprüft, die Gutschrift wird mit der nächsten Buchung ausgezahlt.',
  },
  {
    subject: 'Garantiefrage zum Austauschgerät',
    description: 'Beginnt die Garantie mit dem Austauschgerät neu oder läuft die alte weiter?',
    queue: 'Kundendienst',
    priority: 'low',
    answer: 'Für das Austauschgerät gilt mindestens die restliche Garantie, immer aber noch zwölf Monate.',
  },
  {
    subject: 'Passwort lässt sich nicht zurücksetzen',
    description: 'Die E-Mail zum Zurücksetzen kommt nicht an, auch nicht im Spam-Ordner.',
    queue: 'Technik',
    priority: 'high',
    answer: 'Ihre Adresse hatte einen Tippfehler. Bitte versuchen Sie es jetzt noch einmal.',
  },
  {
    subject: 'Öffnungszeiten der Werkstatt',
    description: 'Können wir das Gerät auch am Samstag bringen?',
    queue: 'Kundendienst',
    priority: 'low',
    answer: 'Ja, samstags von neun bis zwölf Uhr, bitte mit kurzer Anmeldung.',
  },
  {
    subject: 'Temperatur schwankt',
    description: 'In der Kühlzelle schwankt die Temperatur um vier Grad. Wir haben Ware darin.',
    queue: 'Technik',
    priority: 'critical',
    answer: 'Bitte die Tür geschlossen halten. Die Bereitschaft ist unterwegs und in 40 Minuten da.',
  },
  {
    subject: 'Bestellnummer auf Rechnung fehlt',
    description: 'Ohne unsere Bestellnummer können wir die Rechnung nicht freigeben.',
    queue: 'Buchhaltung',
    priority: 'medium',
    answer: 'Sie erhalten eine berichtigte Rechnung mit der Bestellnummer. Künftig steht sie immer darauf.',
  },
  {
    subject: 'Handbuch auf Deutsch',
    description: 'Dem Gerät lag nur ein englisches Handbuch bei. Gibt es eines auf Deutsch?',
    queue: 'Kundendienst',
    priority: 'low',
    answer: 'Im Anhang finden Sie das deutsche Handbuch. Ein gedrucktes Exemplar ist in der Post.',
  },
  {
    subject: 'Datensicherung meldet Fehler',
    description: 'Die nächtliche Sicherung bricht seit drei Tagen ab. Der Speicher sei voll.',
    queue: 'Technik',
    priority: 'high',
    answer: 'Alte Stände wurden nicht gelöscht. Wir räumen auf und beobachten die nächste Nacht.',
  },
  {
    subject: 'Ansprechpartner wechselt',
    description: 'Ab nächster Woche ist mein Kollege für die Bestellungen zuständig. Bitte umstellen.',
    queue: 'Kundendienst',
    priority: 'low',
    answer: 'Ist vermerkt. Ihr Kollege bekommt ab Montag alle Bestätigungen.',
  },
  {
    subject: 'Aktualisierung brachte Darstellung durcheinander',
    description: 'Seit der Aktualisierung sind in den Listen die Spalten vertauscht.',
    queue: 'Technik',
    priority: 'medium',
    answer: 'Danke für das Bildschirmfoto, damit finden wir es. Bis dahin hilft die Ansicht „Standard“.',
  },
  {
    subject: 'Falscher Artikel geliefert',
    description: 'Statt der weißen haben wir graue Abdeckungen erhalten. Wir brauchen bis Freitag Ersatz.',
    queue: 'Kundendienst',
    priority: 'high',
    answer: 'Die weißen Abdeckungen gehen heute per Express raus. Die grauen holen wir ab.',
  },
  {
    subject: 'Lastschrift statt Überweisung',
    description: 'Wir möchten künftig per Lastschrift zahlen. Was brauchen Sie von uns?',
    queue: 'Buchhaltung',
    priority: 'low',
    answer: 'Nur das unterschriebene Mandat. Das Formular finden Sie im Anhang.',
  },
  {
    subject: 'Sensor liefert keine Werte',
    description: 'Sensor drei zeigt seit heute früh nur noch Striche. Die anderen laufen.',
    queue: 'Technik',
    priority: 'medium',
    answer: 'Vermutlich die Batterie. Wir schicken Ersatz und eine kurze Anleitung.',
  },
]
