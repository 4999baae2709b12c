export const FIRST_NAMES: readonly string[] = `
  Jürgen Anke Mehmet Sabine Björn Zeynep Uwe Katharina Tomasz Heike Lennart Aylin Dieter Svenja Olaf
  Friederike Dragan Ulrike Nils Gülsüm Matthias Lena Torsten Marie Rüdiger Sophie Jörg Emilia Kai Antje
  Hauke Nadja Florian Birgit Cem Johanna Sören Miriam Volker Theresa Andrzej Elif Holger Constanze Malte
  Ruth Tarek Käthe
`
  .trim()
  .split(/\s+/u)

export const LAST_NAMES: readonly string[] = `
  Müller Weiß Köhler Yıldız Groß Schäfer Nowak Brandt Löwe Kaya Hübner Petersen Voß Krämer Jovanović
  Böttcher Lange Özdemir Schröder Winkler Jäger Thomsen Kühn Falk Strauß Richter Bäumer Wiśniewski Ebert
  Pfeiffer Döring Clausen Hoffmann Rößler Arslan Beck Sommer Grünwald Martens Heß Kowalski Ritter Schütz
  Behrens Dietz Lüdtke Seidel Wolff
`
  .trim()
  .split(/\s+/u)

/** Letters whose plain form in an address is not simply the letter without its mark. */
const SPELLED_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ı: 'i', ł: 'l' }

/** The spelling of a name in an e-mail address. */
export function plainSpelling(name: string): string {
  return name
    .toLowerCase()
    .replace(/[äöüßıł]/gu, (letter) => SPELLED_OUT[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z0-9]+/gu, '')
}
