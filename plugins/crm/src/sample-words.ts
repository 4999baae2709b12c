export const FIRST_NAMES: readonly string[] = `
  Andrea Jörn Fatma Bernd Claudia Yusuf Franziska Günter Ines Marek Silke Hannes Petra Deniz Maria Ralf
  Dörte Stefan Leyla Thorben Monika Pascal Renate Timo Ayşe Eckhard Julia Vincent Karin Bogdan Hannah
  Detlef Nele Michael Jasmin Götz
`
  .trim()
  .split(/\s+/u)

export const LAST_NAMES: readonly string[] = `
  Bäcker Vogt Öztürk Steiner Meißner Hartmann Kröger Demir Albrecht Grün Zimmermann Łukasik Schuster Böhm
  Ostermann Fröhlich Kern Şahin Reuter Düring Hagemann Straub Weigel Lorenz Möller Bünger Hellwig Franke
  Preuß Sauer Ivanova Köster Engel Jürgens Heinze Buchholz
`
  .trim()
  .split(/\s+/u)

export const TRADES: readonly string[] = `
  Metallbau Elektrotechnik Tischlerei Gebäudereinigung Druckhaus Medizintechnik Spedition Gartenbau
  Zahntechnik Fensterbau Heizungsbau Feinkost Textilpflege Maschinenbau Hausverwaltung Kältetechnik
  Dachbau Möbelwerkstätten Messebau Veranstaltungstechnik Lichtplanung Fahrzeugbau
`
  .trim()
  .split(/\s+/u)

export const COINED: readonly string[] = `
  Nordwind Sonnenkorn Silberhof Kranich Morgenrot Blaufeld Rotbuche Kupferkessel Lindgrün Steinbock
  Fährhaus Wolkenstein Haselnuss Eisvogel Weidengrund Leuchtturm
`
  .trim()
  .split(/\s+/u)

export const LEGAL_FORMS = ['GmbH', 'GmbH', 'GmbH', 'GmbH & Co. KG', 'AG', 'KG', 'OHG', 'e. K.'] as const

export const POSITIONS = [
  'Geschäftsführung',
  'Einkauf',
  'Buchhaltung',
  'Technische Leitung',
  'Disposition',
  'IT-Leitung',
  'Büroleitung',
  'Werkstattleitung',
  'Projektleitung',
] as const

export const TAGS = [
  'Wartung',
  'Rahmenvertrag',
  'Stammkunde',
  'Schlüsselkunde',
  'Empfehlung',
  'Messe',
  'Newsletter',
] as const

const SPELLED_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ı: 'i', ł: 'l' }

/** The spelling of a name in an address on the internet. */
export function plainSpelling(name: string): string {
  return name
    .toLowerCase()
    .replace(/[äöüßıł]/gu, (letter) => SPELLED_OUT[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '')
}
