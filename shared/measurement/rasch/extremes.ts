import { add, at } from './cells.ts'
import { expectMark } from './rating-scale.ts'
import { facets, keepMarks, type CodedMarks, type Facet } from './marks.ts'

/** An element all of whose marks lie in the lowest or all in the highest category that is left. */
export type RemovedExtreme = { facet: Facet; id: string; end: 'lowest' | 'highest' }

/**
 * Takes out every element whose marks are all lowest or all highest: its measure would be infinite. What is left may have
 * new ones (and categories that nobody uses any more, which are closed up), so it is done again until there are none.
 */
export function removeExtremes(coded: CodedMarks): { rest: CodedMarks; removed: RemovedExtreme[] } {
  const removed: RemovedExtreme[] = []
  let rest = coded
  for (;;) {
    const keep = new Uint8Array(rest.category.length).fill(1)
    const before = removed.length
    for (const facet of facets) {
      const extremes = extremesOf(rest, facet)
      const gone = new Set(extremes.map(({ element }) => element))
      rest.of[facet].forEach((element, mark) => {
        if (gone.has(element)) keep[mark] = 0
      })
      removed.push(...extremes.map(({ id, end }) => ({ facet, id, end })))
    }
    if (removed.length === before) return { rest, removed }
    rest = keepMarks(rest, keep)
  }
}

type Found = { element: number; id: string; end: RemovedExtreme['end'] }

function extremesOf(coded: CodedMarks, facet: Facet): Found[] {
  const ids = coded.ids[facet]
  const top = coded.labels.length - 1
  const [marks, low, high] = [new Int32Array(ids.length), new Int32Array(ids.length), new Int32Array(ids.length)]
  coded.of[facet].forEach((element, mark) => {
    add(marks, element, 1)
    if (coded.category[mark] === 0) add(low, element, 1)
    if (coded.category[mark] === top) add(high, element, 1)
  })
  return ids.flatMap((id, element): Found[] => {
    const n = at(marks, element)
    if (at(low, element) === n) return [{ element, id, end: 'lowest' }]
    return at(high, element) === n ? [{ element, id, end: 'highest' }] : []
  })
}

/** How far from its end an extreme score is moved, in score points, to have a finite measure. */
const ADJUSTMENT = 0.3

/**
 * The place on the scale where an extreme element's expected score is 0.3 points from its end. `opposing` holds, for each of
 * its marks, what the other two elements add up to there, and `steps` the cumulated thresholds. In the direction of ability:
 * for a station or an examiner the measure is its negative. null where there is no mark to go by or no such place.
 */
export function extrapolate(end: RemovedExtreme['end'], opposing: readonly number[], steps: Float64Array) {
  const top = steps.length - 1
  const wanted = end === 'lowest' ? ADJUSTMENT : opposing.length * top - ADJUSTMENT
  if (opposing.length === 0 || wanted <= 0 || wanted >= opposing.length * top) return null
  const probabilities = new Float64Array(steps.length)
  const expected = (place: number) =>
    opposing.reduce((sum, other) => sum + expectMark(place + other, steps, probabilities).mean, 0)
  let [low, high] = [-BOUND, BOUND]
  if (expected(low) > wanted || expected(high) < wanted) return null
  // The expected score rises with the place: halving ends where two neighbouring numbers are reached.
  for (let middle = 0; middle > low && middle < high; middle = (low + high) / 2) {
    if (expected(middle) < wanted) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Farther than any measure lies from another, in logits. */
const BOUND = 200
