/** One entry of the command palette. */
export interface Command {
  readonly id: string
  readonly label: string
  /** Heading it stands under. */
  readonly group: string
  readonly icon?: string
  /** More words it is found by. */
  readonly keywords?: string
  /** Short remark at the end of the line. */
  readonly hint?: string
  readonly run: () => void | Promise<void>
}

function normalise(text: string): string {
  return text.toLocaleLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
}

/** 0 when a word is missing; otherwise higher the earlier and more whole the words are found. */
function score(command: Command, words: readonly string[]): number {
  const label = normalise(command.label)
  const rest = normalise(`${command.group} ${command.keywords ?? ''}`)
  let sum = 0
  for (const word of words) {
    if (label.startsWith(word)) sum += 8
    else if (label.includes(` ${word}`) || label.includes(`-${word}`)) sum += 5
    else if (label.includes(word)) sum += 3
    else if (rest.includes(word)) sum += 1
    else return 0
  }
  return sum
}

/** The commands that fit what was typed, best first within their group; groups keep the order of their best entry. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
  const words = normalise(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...commands]
  const found = commands
    .map((command) => ({ command, points: score(command, words) }))
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points)
    .map(({ command }) => command)
  const groups = [...new Set(found.map(({ group }) => group))]
  return groups.flatMap((group) => found.filter((command) => command.group === group))
}
