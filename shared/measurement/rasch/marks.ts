/** One mark as the Rasch model takes it: a whole-numbered category that an examiner gave a candidate at a station. */
export type RaschMark = {
  candidate: string
  station: string
  /** null where it is not known who examined. */
  examiner: string | null
  category: number
}

/** The facets in the order in which the model names them. */
export const facets = ['candidates', 'stations', 'examiners'] as const
export type Facet = (typeof facets)[number]

/** Something of its own for each facet. */
export type PerFacet<Value> = Record<Facet, Value>

export const perFacet = <Value>(make: (facet: Facet) => Value): PerFacet<Value> => ({
  candidates: make('candidates'),
  stations: make('stations'),
  examiners: make('examiners'),
})

/**
 * Marks as numbers: `of[facet][mark]` is the element's place in `ids[facet]`, `category[mark]` its place in `labels`, the
 * categories in use in ascending order. Sorted by candidate, station, examiner, so that the order of the input changes no
 * sum. Where no examiner is known, all marks have one nameless examiner.
 */
export type CodedMarks = {
  ids: PerFacet<readonly string[]>
  of: PerFacet<Int32Array>
  category: Int32Array
  labels: readonly number[]
}

/** Codes marks whose categories are all whole numbers. */
export function codeMarks(marks: readonly RaschMark[]): CodedMarks {
  const keyOf = {
    candidates: (mark: RaschMark) => mark.candidate,
    stations: (mark: RaschMark) => mark.station,
    examiners: (mark: RaschMark) => mark.examiner ?? '',
  }
  const columns = perFacet((facet) => ranked(marks.map(keyOf[facet])))
  const categories = ranked(marks.map(({ category }) => category))
  const { candidates, stations, examiners } = columns
  const order = Int32Array.from(marks.keys()).sort(
    (a, b) =>
      compare(candidates.ranks, a, b) ||
      compare(stations.ranks, a, b) ||
      compare(examiners.ranks, a, b) ||
      compare(categories.ranks, a, b),
  )
  return {
    ids: perFacet((facet) => columns[facet].values),
    of: perFacet((facet) => order.map((mark) => columns[facet].ranks[mark] ?? 0)),
    category: order.map((mark) => categories.ranks[mark] ?? 0),
    labels: categories.values,
  }
}

const compare = (ranks: readonly number[], a: number, b: number): number => (ranks[a] ?? 0) - (ranks[b] ?? 0)

/** The distinct values in ascending order, and the place of each given one among them. */
function ranked<Value extends string | number>(given: readonly Value[]): { values: Value[]; ranks: number[] } {
  const values = [...new Set(given)].sort((a, b) => (a < b ? -1 : 1))
  const places = new Map(values.map((value, place) => [value, place]))
  return { values, ranks: given.map((value) => places.get(value) ?? 0) }
}

/** The marks of `coded` for which `keep` is 1, without elements and categories that no mark is left of. */
export function keepMarks(coded: CodedMarks, keep: Uint8Array): CodedMarks {
  const kept = Int32Array.from(coded.category.keys()).filter((mark) => keep[mark] === 1)
  const columns = perFacet((facet) => narrowed(coded.of[facet], kept, coded.ids[facet]))
  const categories = narrowed(coded.category, kept, coded.labels)
  return {
    ids: perFacet((facet) => columns[facet].values),
    of: perFacet((facet) => columns[facet].places),
    category: categories.places,
    labels: categories.values,
  }
}

function narrowed<Value>(column: Int32Array, kept: Int32Array, values: readonly Value[]) {
  const places = new Int32Array(values.length).fill(-1)
  for (const mark of kept) places[column[mark] ?? 0] = 0
  const left = values.filter((_, value) => places[value] === 0)
  let next = 0
  for (let value = 0; value < places.length; value++) if (places[value] === 0) places[value] = next++
  return { values: left, places: kept.map((mark) => places[column[mark] ?? 0] ?? 0) }
}
