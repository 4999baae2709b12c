/** German texts of Vaadin's elements by tag. Dates come from `dateTexts`. */
export const GERMAN: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'vaadin-app-layout': { drawer: 'Seitenleiste' },
  'vaadin-avatar': { anonymous: 'anonym' },
  'vaadin-avatar-group': {
    anonymous: 'anonym',
    activeUsers: { one: 'Eine aktive Person', many: '{count} aktive Personen' },
    joined: '{user} ist beigetreten',
    left: '{user} ist gegangen',
  },
  'vaadin-breadcrumbs': { moreItems: 'Weitere Einträge' },
  'vaadin-date-picker': { today: 'Heute', cancel: 'Abbrechen', dialogAccessibleName: 'Kalender' },
  'vaadin-date-time-picker': {
    today: 'Heute',
    cancel: 'Abbrechen',
    dateLabel: 'Datum',
    timeLabel: 'Uhrzeit',
  },
  'vaadin-grid': {
    selectAll: 'Alle auswählen',
    selectAllUnavailable: 'Alle auswählen nicht möglich',
    selectRow: 'Zeile {rowHeader} auswählen',
    sorter: 'Nach {column} sortieren',
  },
  'vaadin-menu-bar': { moreOptions: 'Weitere Optionen' },
  'vaadin-message-input': { send: 'Senden', message: 'Nachricht' },
  'vaadin-multi-select-combo-box': {
    cleared: 'Auswahl geleert',
    focused: ' im Fokus. Rücktaste zum Entfernen',
    selected: 'zur Auswahl hinzugefügt',
    deselected: 'aus der Auswahl entfernt',
    total: '{count} Einträge ausgewählt',
  },
  'vaadin-side-nav': { toggle: 'Untereinträge umschalten' },
  'vaadin-side-nav-item': { toggle: 'Untereinträge umschalten' },
  'vaadin-split-layout': { separator: 'Trennlinie verschieben' },
  'vaadin-upload': {
    dropFiles: { one: 'Datei hier ablegen', many: 'Dateien hier ablegen' },
    addFiles: { one: 'Datei hochladen …', many: 'Dateien hochladen …' },
    error: {
      tooManyFiles: 'Zu viele Dateien.',
      fileIsTooBig: 'Die Datei ist zu groß.',
      incorrectFileType: 'Falscher Dateityp.',
    },
    uploading: {
      status: {
        connecting: 'Verbinden …',
        stalled: 'Angehalten',
        processing: 'Wird verarbeitet …',
        held: 'Wartet',
      },
      remainingTime: { prefix: 'verbleibend: ', unknown: 'verbleibende Zeit unbekannt' },
      error: {
        serverUnavailable: 'Hochladen fehlgeschlagen, bitte später erneut versuchen',
        unexpectedServerError: 'Hochladen wegen eines Serverfehlers fehlgeschlagen',
        forbidden: 'Hochladen nicht erlaubt',
        fileTooLarge: 'Die Datei ist zu groß',
      },
    },
    file: { retry: 'Erneut versuchen', start: 'Starten', remove: 'Entfernen' },
    units: { size: ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'], sizeBase: 1000 },
  },
}
