import { byCandidateNumber } from '#shared/domain/candidate-number.ts'
import type { DomainId } from '#shared/domain/ids.ts'
import type { CohortResult } from '#shared/domain/results.ts'
import { outcomeSchema, type Outcome } from '#shared/domain/scores.ts'
import { byName, folded } from '../../../ui/format.ts'

export type Entry = CohortResult['candidates'][number]
export type Column = 'number' | 'name' | 'outcome' | 'score' | 'passed' | 'patients' | DomainId
export type Order = { by: Column; down: boolean }
export type Filter = { search: string; outcome: Outcome | 'all' }

/** Candidates whose number or name holds the text, with the outcome asked for, in the order asked for. */
export function arrange(entries: readonly Entry[], filter: Filter, order: Order): Entry[] {
  const wanted = folded(filter.search.trim())
  return entries
    .filter(({ outcome }) => filter.outcome === 'all' || outcome === filter.outcome)
    .filter(({ candidate }) => folded(`${candidate.number} ${candidate.name}`).includes(wanted))
    .toSorted((a, b) => compare(a, b, order) || byCandidateNumber(a.candidate.number, b.candidate.number))
}

/** Pressing a column's head sorts by it, again turns it round. Figures start with the highest. */
export function orderAfter({ by, down }: Order, pressed: Column): Order {
  if (by === pressed) return { by, down: !down }
  return { by: pressed, down: pressed !== 'number' && pressed !== 'name' && pressed !== 'outcome' }
}

function compare(a: Entry, b: Entry, { by, down }: Order): number {
  const turn = down ? -1 : 1
  switch (by) {
    case 'number':
      return turn * byCandidateNumber(a.candidate.number, b.candidate.number)
    case 'name':
      return turn * byName(a.candidate.name, b.candidate.name)
    case 'outcome':
      return turn * (outcomeSchema.options.indexOf(a.outcome) - outcomeSchema.options.indexOf(b.outcome))
    default:
      return compareFigures(figure(a, by), figure(b, by), turn)
  }
}

/** What is withheld stands at the end, whichever way the others go. */
function compareFigures(a: number | null, b: number | null, turn: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return turn * (a - b)
}

function figure(entry: Entry, by: Exclude<Column, 'number' | 'name' | 'outcome'>): number | null {
  if (by === 'score') return entry.score.value
  if (by === 'passed') return entry.stationsPassed
  if (by === 'patients') return entry.sp.value
  return entry.domains.find(({ domainId }) => domainId === by)?.score.value ?? null
}
