/** The sixteen German federal states by ISO 3166-2, in alphabetical order of the German names. */
export const FEDERAL_STATES = [
  { value: 'DE-BW', label: { en: 'Baden-Württemberg', de: 'Baden-Württemberg' } },
  { value: 'DE-BY', label: { en: 'Bavaria', de: 'Bayern' } },
  { value: 'DE-BE', label: { en: 'Berlin', de: 'Berlin' } },
  { value: 'DE-BB', label: { en: 'Brandenburg', de: 'Brandenburg' } },
  { value: 'DE-HB', label: { en: 'Bremen', de: 'Bremen' } },
  { value: 'DE-HH', label: { en: 'Hamburg', de: 'Hamburg' } },
  { value: 'DE-HE', label: { en: 'Hesse', de: 'Hessen' } },
  { value: 'DE-MV', label: { en: 'Mecklenburg-Western Pomerania', de: 'Mecklenburg-Vorpommern' } },
  { value: 'DE-NI', label: { en: 'Lower Saxony', de: 'Niedersachsen' } },
  { value: 'DE-NW', label: { en: 'North Rhine-Westphalia', de: 'Nordrhein-Westfalen' } },
  { value: 'DE-RP', label: { en: 'Rhineland-Palatinate', de: 'Rheinland-Pfalz' } },
  { value: 'DE-SL', label: { en: 'Saarland', de: 'Saarland' } },
  { value: 'DE-SN', label: { en: 'Saxony', de: 'Sachsen' } },
  { value: 'DE-ST', label: { en: 'Saxony-Anhalt', de: 'Sachsen-Anhalt' } },
  { value: 'DE-SH', label: { en: 'Schleswig-Holstein', de: 'Schleswig-Holstein' } },
  { value: 'DE-TH', label: { en: 'Thuringia', de: 'Thüringen' } },
] as const
