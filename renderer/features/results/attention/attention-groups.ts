import type { Attention, Cell } from '#shared/domain/results.ts'

export type Kind = Attention['kind']

export type Group = { kind: Kind; entries: Attention[] }

/** What needs a look, by kind in the order given, with only the kinds and the station asked for. */
export function attentionGroups(
  attention: readonly Attention[],
  filter: { kind: Kind | 'all'; station: number | 'all' },
): Group[] {
  const shown = attention.filter(
    ({ kind, stationNumber }) =>
      (filter.kind === 'all' || kind === filter.kind) && (filter.station === 'all' || stationNumber === filter.station),
  )
  return [...Map.groupBy(shown, ({ kind }) => kind)].map(([kind, entries]) => ({ kind, entries }))
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
