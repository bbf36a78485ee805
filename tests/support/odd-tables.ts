import type { Mark } from '#shared/measurement/mark.ts'
import { seeded } from './seeded.ts'

/** Scores of every kind that a file may hold; `u` gives numbers from 0 to 1. */
const kinds: readonly ((u: () => number) => number)[] = [
  (u) => Math.floor(u() * 6),
  (u) => Math.round(u() * 1000) / 10,
  () => 0.1,
  () => 0,
  (u) => (u() < 0.5 ? 3 : 4),
  (u) => 1e12 * u(),
  (u) => 1e12 - Math.floor(u() * 3),
  (u) => 1e-12 * (1 + Math.floor(u() * 5)),
  (u) => -Math.floor(u() * 10) / 3,
  (u) => 1e9 + Math.floor(u() * 100) / 100,
  (u) => (u() < 0.5 ? 0.3 : 0.1 + 0.2),
  (u) => 50 + (u() < 0.2 ? 1e-9 : 0),
]

/** The examiner of a cell, by layout: one a station, in turn, by chance, parallel circuits, everybody everywhere. */
const layouts: readonly ((c: number, s: number, r: number, u: () => number) => number)[] = [
  (_, s) => s,
  (c, s, r) => (c + s + r) % 3,
  (_c, _s, _r, u) => Math.floor(u() * 4),
  (c, s, r) => s + 5 * r + 10 * (c % 2),
  (_c, _s, r) => r,
]

const pick = <One>(list: readonly [One, ...One[]] | readonly One[], u: () => number): One | undefined =>
  list[Math.floor(u() * list.length)]

/**
 * A small table of marks that is odd in some way: one to six candidates, one to five stations, one or two examiners in a
 * cell, cells, scores and grades missing, scores that are all the same, huge, tiny, negative or without any residual.
 */
export function oddTable(seed: number): Mark[] {
  const { uniform: u } = seeded(seed)
  const kind = pick(kinds, u) ?? (() => 0)
  const layout = pick(layouts, u) ?? (() => 0)
  const [candidates, stations, raters] = [1 + Math.floor(u() * 6), 1 + Math.floor(u() * 5), 1 + Math.floor(u() * 1.5)]
  const missing = pick([0, 0, 0.1, 0.4], u) ?? 0
  const additive = u() < 0.2
  const drawn = Array.from({ length: 40 }, () => kind(u))
  const marks: Mark[] = []
  for (let c = 0; c < candidates; c++) {
    const group = pick(['a', 'b', null], u) ?? null
    for (let s = 0; s < stations; s++) {
      for (let r = 0; r < raters; r++) {
        if (u() < missing / 2) continue
        const examiner = layout(c, s, r, u)
        const sum = (drawn[c] ?? 0) + (drawn[6 + s] ?? 0) + (drawn[11 + examiner] ?? 0)
        marks.push({
          candidate: `c${c}`,
          station: `s${s}`,
          examiner: u() < 0.03 ? null : `e${examiner}`,
          score: u() < missing ? null : additive ? sum : kind(u),
          grade: u() < missing ? null : 1 + Math.floor(u() * (u() < 0.3 ? 1 : 4)),
          group,
        })
      }
    }
  }
  return marks
}

/** The same marks in another order. */
export function inAnotherOrder(marks: readonly Mark[], seed: number): Mark[] {
  const { uniform } = seeded(seed)
  return marks
    .map((mark) => ({ mark, place: uniform() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ mark }) => mark)
}
