import { add, at } from './cells.ts'
import { facets, perFacet, type CodedMarks, type PerFacet } from './marks.ts'
import { nullSpace } from './null-space.ts'

/** Elements joined by marks, directly or through others: nothing joins one subset to another. */
export type Subset = PerFacet<string[]>

/** The subsets of a design, the one with the first candidate first. */
export function subsetsOf({ ids, of, category }: CodedMarks): Subset[] {
  const first = {
    candidates: 0,
    stations: ids.candidates.length,
    examiners: ids.candidates.length + ids.stations.length,
  }
  const parents = Int32Array.from({ length: first.examiners + ids.examiners.length }, (_, node) => node)
  const root = (node: number): number => {
    let found = node
    while (at(parents, found) !== found) {
      parents[found] = at(parents, at(parents, found))
      found = at(parents, found)
    }
    return found
  }
  for (let mark = 0; mark < category.length; mark++) {
    const candidate = root(at(of.candidates, mark))
    parents[root(first.stations + at(of.stations, mark))] = candidate
    parents[root(first.examiners + at(of.examiners, mark))] = candidate
  }
  const subsets = new Map<number, Subset>()
  for (const facet of facets) {
    ids[facet].forEach((id, element) => {
      const node = root(first[facet] + element)
      const subset = subsets.get(node) ?? { candidates: [], stations: [], examiners: [] }
      subset[facet].push(id)
      subsets.set(node, subset)
    })
  }
  return [...subsets.values()]
}

/**
 * What a design leaves open: shifts of measures that change no mark's expectation. Two always exist (all stations against
 * all candidates, all examiners against all candidates). Each station with examiners of its own, each circuit with
 * candidates and examiners of its own, each subset adds more. `shifts` has a basis, each over the stations and then the
 * examiners; `held` names the places that are held still so that the rest is determined.
 */
export type Openness = { shifts: readonly Float64Array[]; held: ReadonlySet<number> }

/**
 * Finds them from the design alone: the cross-products of the indicators of stations and examiners within candidates (the
 * candidates, many more, are absorbed), whose null space is what no mark can tell.
 */
export function opennessOf({ ids, of, category }: CodedMarks): Openness {
  const stations = ids.stations.length
  const size = stations + ids.examiners.length
  const products = new Float64Array(size * size)
  const seen = new Float64Array(size)
  for (let mark = 0; mark < category.length;) {
    const candidate = at(of.candidates, mark)
    const touched: number[] = []
    let marks = 0
    for (; mark < category.length && at(of.candidates, mark) === candidate; mark++, marks++) {
      const [station, examiner] = [at(of.stations, mark), stations + at(of.examiners, mark)]
      for (const place of [station, examiner]) {
        if (at(seen, place) === 0) touched.push(place)
        add(seen, place, 1)
        add(products, place * size + place, 1)
      }
      add(products, station * size + examiner, 1)
      add(products, examiner * size + station, 1)
    }
    for (const row of touched) {
      const share = at(seen, row) / marks
      for (const column of touched) add(products, row * size + column, -share * at(seen, column))
    }
    for (const place of touched) seen[place] = 0
  }
  const { basis, dependent } = nullSpace(products, size)
  return { shifts: basis, held: new Set(dependent) }
}

/**
 * The elements of each facet in groups within which measures compare: those that every shift moves alike. `shifts` as in
 * `Openness`.
 */
export function comparableGroups(coded: CodedMarks, { shifts }: Openness): PerFacet<string[][]> {
  const stations = coded.ids.stations.length
  const markOf = new Int32Array(coded.ids.candidates.length)
  coded.of.candidates.forEach((candidate, mark) => (markOf[candidate] = mark))
  const movedBy = {
    // A candidate gives way as far as the station and the examiner of any mark of theirs move together.
    candidates: (shift: Float64Array, candidate: number) => {
      const mark = at(markOf, candidate)
      return at(shift, at(coded.of.stations, mark)) + at(shift, stations + at(coded.of.examiners, mark))
    },
    stations: at,
    examiners: (shift: Float64Array, examiner: number) => at(shift, stations + examiner),
  }
  return perFacet((facet) => {
    const groups = new Map<string, string[]>()
    coded.ids[facet].forEach((id, element) => {
      const moves = shifts.map((shift) => Math.round(movedBy[facet](shift, element) * 1e6)).join(' ')
      const group = groups.get(moves) ?? []
      group.push(id)
      groups.set(moves, group)
    })
    return [...groups.values()]
  })
}

/**
 * Settles what is open: of all equivalent solutions the one with the smallest examiner measures, then the smallest station
 * measures, in least squares. In a linked design that is the mean of the examiners and the mean of the stations at 0; where
 * stations have examiners of their own, the mean of each such group of examiners. `measures` are stations, then examiners.
 */
export function settle(measures: Float64Array, stations: number, { shifts }: Openness): void {
  const size = measures.length
  const byExaminers: Float64Array[] = []
  const byStations: Float64Array[] = []
  for (const given of shifts) {
    const shift = given.slice()
    for (const done of byExaminers) takeOut(shift, done, stations, size)
    if (normalise(shift, stations, size)) byExaminers.push(shift)
    else byStations.push(shift)
  }
  for (const shift of byExaminers) takeOut(measures, shift, stations, size)
  const settled: Float64Array[] = []
  for (const shift of byStations) {
    for (const done of settled) takeOut(shift, done, 0, stations)
    if (!normalise(shift, 0, stations)) continue
    settled.push(shift)
    takeOut(measures, shift, 0, stations)
  }
}

/** Takes out of a vector its part along another, of length 1 between two places. */
function takeOut(vector: Float64Array, along: Float64Array, from: number, to: number): void {
  let product = 0
  for (let place = from; place < to; place++) product += at(vector, place) * at(along, place)
  for (let place = 0; place < vector.length; place++) add(vector, place, -product * at(along, place))
}

/** Gives a vector length 1 between two places; false where it has none there. */
function normalise(vector: Float64Array, from: number, to: number): boolean {
  let square = 0
  for (let place = from; place < to; place++) square += at(vector, place) ** 2
  if (square < 1e-12) return false
  const length = Math.sqrt(square)
  for (let place = 0; place < vector.length; place++) vector[place] = at(vector, place) / length
  return true
}
