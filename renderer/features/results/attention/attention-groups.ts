import type { Attention, Cell } from '#shared/domain/results.ts'

export type Kind = Attention['kind']

/** The order in which they are read: the gravest first. */
const order: readonly Kind[] = [
  'red-flag',
  'incident',
  'absence',
  'missing',
  'disagreement',
  'note-low',
  'note-encounter',
  'sp-comment',
]

export type Group = { kind: Kind; entries: Attention[] }

/** What needs a look, by kind, with only the kinds and the station asked for. */
export function attentionGroups(
  attention: readonly Attention[],
  filter: { kind: Kind | 'all'; station: number | 'all' },
): Group[] {
  const shown = attention.filter(
    ({ kind, stationNumber }) =>
      (filter.kind === 'all' || kind === filter.kind) && (filter.station === 'all' || stationNumber === filter.station),
  )
  return order
    .map((kind) => ({ kind, entries: shown.filter((entry) => entry.kind === kind) }))
    .filter(({ entries }) => entries.length > 0)
}

/** Names an entry among all others, so that the list keeps its places while it fills up. */
export function attentionKey({ kind, encounterId, mark, incident, text }: Attention): string {
  return [kind, encounterId, mark?.id ?? '', incident?.atMs ?? '', text].join('/')
}

/** Scores of examiner and SP, rounded, and who saw more; null unless both have one. */
export function twoViews(cell: Cell | undefined): { examiner: number; sp: number; apart: number } | null {
  if (!cell || cell.score.value === null || cell.sp.value === null) return null
  const examiner = Math.round(cell.score.value)
  const sp = Math.round(cell.sp.value)
  return { examiner, sp, apart: Math.abs(examiner - sp) }
}
