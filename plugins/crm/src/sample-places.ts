/** A part of Germany: real pairs of postcode and city, and a phone prefix kept free for fiction. */
export interface Region {
  readonly phonePrefix: string
  readonly places: readonly (readonly [zip: string, city: string])[]
}

export const REGIONS: readonly Region[] = [
  {
    phonePrefix: '+49 40 66969',
    places: [
      ['20095', 'Hamburg'],
      ['22765', 'Hamburg'],
      ['28195', 'Bremen'],
      ['24103', 'Kiel'],
      ['23552', 'Lübeck'],
      ['18055', 'Rostock'],
      ['24937', 'Flensburg'],
      ['26122', 'Oldenburg'],
      ['30159', 'Hannover'],
      ['21335', 'Lüneburg'],
    ],
  },
  {
    phonePrefix: '+49 30 23125',
    places: [
      ['10115', 'Berlin'],
      ['10243', 'Berlin'],
      ['04109', 'Leipzig'],
      ['01067', 'Dresden'],
      ['14467', 'Potsdam'],
      ['99084', 'Erfurt'],
      ['39104', 'Magdeburg'],
      ['07743', 'Jena'],
      ['02826', 'Görlitz'],
      ['06108', 'Halle (Saale)'],
    ],
  },
  {
    phonePrefix: '+49 221 4710',
    places: [
      ['50667', 'Köln'],
      ['50823', 'Köln'],
      ['40213', 'Düsseldorf'],
      ['45127', 'Essen'],
      ['44135', 'Dortmund'],
      ['48143', 'Münster'],
      ['33602', 'Bielefeld'],
      ['52062', 'Aachen'],
      ['53111', 'Bonn'],
      ['42103', 'Wuppertal'],
    ],
  },
  {
    phonePrefix: '+49 69 90009',
    places: [
      ['60311', 'Frankfurt am Main'],
      ['60486', 'Frankfurt am Main'],
      ['65183', 'Wiesbaden'],
      ['55116', 'Mainz'],
      ['34117', 'Kassel'],
      ['64283', 'Darmstadt'],
      ['66111', 'Saarbrücken'],
      ['56068', 'Koblenz'],
      ['35390', 'Gießen'],
      ['54290', 'Trier'],
    ],
  },
  {
    phonePrefix: '+49 89 99998',
    places: [
      ['80331', 'München'],
      ['81667', 'München'],
      ['86150', 'Augsburg'],
      ['90402', 'Nürnberg'],
      ['93047', 'Regensburg'],
      ['97070', 'Würzburg'],
      ['89073', 'Ulm'],
      ['70173', 'Stuttgart'],
      ['79098', 'Freiburg im Breisgau'],
      ['72070', 'Tübingen'],
    ],
  },
]

export const STREETS: readonly string[] = `
  Hauptstraße, Bahnhofstraße, Lindenallee, Industriestraße, Am Gewerbepark, Gartenweg, Schillerstraße,
  Mühlenweg, Kirchgasse, Ringstraße, Goethestraße, Am Güterbahnhof, Wiesengrund, Handwerkerhof,
  Rosenstraße, Lange Straße, Brückenstraße, Am Südhang, Königsallee, Gerberstraße
`
  .trim()
  .split(/,\s*/u)
