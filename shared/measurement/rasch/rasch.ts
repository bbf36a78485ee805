import { mean } from 'simple-statistics'
import type { Statistic } from '../statistic.ts'
import type { Reason, Warning } from '../terms.ts'
import { add, at } from './cells.ts'
import { estimate } from './estimation.ts'
import { extrapolate, removeExtremes, type RemovedExtreme } from './extremes.ts'
import { fitOf, type CategoryFit, type Fit } from './fit.ts'
import type { Parameters } from './likelihood.ts'
import { comparableGroups, opennessOf, settle, subsetsOf, type Openness, type Subset } from './linkage.ts'
import { codeMarks, facets, perFacet, type CodedMarks, type Facet, type PerFacet, type RaschMark } from './marks.ts'
import { expectMark } from './rating-scale.ts'
import { noSpread, spreadOf, tooFewOf, type FixedTest, type Spread } from './summaries.ts'

/**
 * One candidate, station or examiner, in logits: of a candidate the ability, of a station the difficulty, of an examiner the
 * severity (above 0: severe). `fair` is the mark to be expected where the other facets stand at their means, in the unit of
 * the categories; null where the facet's measures do not all compare.
 */
export type RaschElement = { id: string; measure: number; fair: number | null } & Fit

/** `category` is the upper of the two that the threshold lies between. */
export type RaschThreshold = { category: number; measure: number; se: number }

/** An element left out of the estimation, with where it would stand if its score were 0.3 points from its end. */
export type RaschExtreme = RemovedExtreme & { measure: number | null; method: 'rasch-extreme-adjusted' }

/** The whole of a many-facet Rasch analysis. Where nothing could be estimated `reason` says why and the lists are empty. */
export type Rasch = {
  method: 'rasch-joint-likelihood'
  /** The marks that it rests on. */
  n: number
  /** Marks without an examiner among marks that have one. */
  leftOut: number
  reason?: Reason
  warnings: Warning[]
  candidates: RaschElement[]
  stations: RaschElement[]
  examiners: RaschElement[]
  thresholds: RaschThreshold[]
  categories: ({ category: number } & CategoryFit)[]
  /** Whole numbers between the lowest and the highest category given that no estimated mark has: the others were closed up. */
  unusedCategories: number[]
  logLikelihood: number | null
  iterations: number
  maxResidual: number | null
  separation: PerFacet<Statistic>
  strata: PerFacet<Statistic>
  reliability: PerFacet<Statistic>
  fixed: PerFacet<FixedTest>
  subsets: Subset[]
  /** Per facet the groups of elements whose measures compare; one group where all do. */
  comparable: PerFacet<string[][]>
  extreme: RaschExtreme[]
}

/** Fewer marks than this in a category leave its thresholds loose (Linacre 2002). */
const FEW_MARKS = 10

/**
 * The many-facet rating-scale model (Linacre 1989): ln(P_k/P_{k−1}) = B − D − C − F_k with candidate ability B, station
 * difficulty D, examiner severity C and thresholds F_k, the same at all stations. Joint maximum likelihood, not corrected for
 * its bias; mean(D) = mean(C) = ΣF = 0. Assumes that all stations use the same categories in the same way, that marks depend
 * on each other through the measures alone, and that one trait is marked. Undefined without whole-numbered marks, with one
 * candidate, with one category, where every element is extreme, and where the likelihood has no finite maximum.
 */
export function rasch(given: readonly RaschMark[], { mostIterations }: { mostIterations?: number } = {}): Rasch {
  const knowsExaminers = given.some(({ examiner }) => examiner !== null)
  const marks = knowsExaminers ? given.filter(({ examiner }) => examiner !== null) : given
  const leftOut = given.length - marks.length
  if (marks.length === 0) return nothing('no-data', 0, leftOut)
  if (!marks.every(({ category }) => Number.isSafeInteger(category))) {
    return nothing('not-whole-numbers', marks.length, leftOut)
  }
  const coded = codeMarks(marks)
  if (coded.ids.candidates.length === 1) return nothing('one-candidate', marks.length, leftOut)
  if (coded.labels.length === 1) return nothing('one-category', marks.length, leftOut)
  const { rest, removed } = removeExtremes(coded)
  const n = rest.category.length
  const unplaced = removed.map((extreme) => ({ ...extreme, measure: null, method: 'rasch-extreme-adjusted' as const }))
  if (n === 0) return { ...nothing('all-extreme', 0, leftOut), extreme: unplaced }
  const openness = opennessOf(rest)
  const subsets = subsetsOf(rest)
  const estimated = estimate(rest, openness, mostIterations)
  if (typeof estimated === 'string') return { ...nothing(estimated, n, leftOut), extreme: unplaced, subsets }

  const { parameters, logLikelihood, iterations, maxResidual } = estimated
  centre(parameters, rest, openness)
  const comparable = comparableGroups(rest, openness)
  if (!knowsExaminers) comparable.examiners = []
  const fits = fitOf(rest, parameters)
  const elements = elementsOf(rest, parameters, fits.elements, comparable)
  if (!knowsExaminers) elements.examiners = []
  const spread = perFacet((facet) => spreadIn(facet, elements[facet], comparable[facet]))
  const thresholds = fits.thresholdErrors.map((se, k) => ({
    category: rest.labels[k + 1] ?? 0,
    measure: exactZero(at(parameters.steps, k) - at(parameters.steps, k + 1)),
    se,
  }))
  const unusedCategories = unusedIn(coded.labels, rest.labels)
  const warnings: Warning[] = [
    'rasch-not-corrected',
    ...warn(unusedCategories.length > 0, 'categories-closed-up'),
    ...warn(removed.length > 0, 'extremes-left-out'),
    ...warn(leftOut > 0, 'marks-without-examiner'),
    ...warn(!knowsExaminers, 'no-examiners'),
    ...warn(elements.examiners.length === 1, 'examiner-fixed'),
    ...warn(elements.stations.length === 1, 'station-fixed'),
    ...warn(subsets.length > 1, 'disconnected-subsets'),
    ...warn(subsets.length === 1 && facets.some((facet) => comparable[facet].length > 1), 'not-all-comparable'),
    ...warn(
      fits.categories.some(({ count }) => count < FEW_MARKS),
      'sparse-categories',
    ),
    ...warn(
      thresholds.some(({ measure }, k) => k > 0 && measure < (thresholds[k - 1]?.measure ?? measure)),
      'thresholds-disordered',
    ),
  ]
  return {
    method: 'rasch-joint-likelihood',
    n,
    leftOut,
    warnings,
    ...elements,
    thresholds,
    categories: fits.categories.map((fit, k) => ({ category: rest.labels[k] ?? 0, ...fit })),
    unusedCategories,
    logLikelihood,
    iterations,
    maxResidual,
    separation: perFacet((facet) => spread[facet].separation),
    strata: perFacet((facet) => spread[facet].strata),
    reliability: perFacet((facet) => spread[facet].reliability),
    fixed: perFacet((facet) => spread[facet].fixed),
    subsets: knowsExaminers ? subsets : subsets.map((subset) => ({ ...subset, examiners: [] })),
    comparable,
    extreme: placeExtremes(removed, coded, rest, parameters),
  }
}

const warn = (holds: boolean, warning: Warning): Warning[] => (holds ? [warning] : [])

/** What an analysis that could not be made says. */
function nothing(reason: Reason, n: number, leftOut: number): Rasch {
  const spread = noSpread(n, reason)
  return {
    method: 'rasch-joint-likelihood',
    n,
    leftOut,
    reason,
    warnings: [],
    candidates: [],
    stations: [],
    examiners: [],
    thresholds: [],
    categories: [],
    unusedCategories: [],
    logLikelihood: null,
    iterations: 0,
    maxResidual: null,
    separation: perFacet(() => spread.separation),
    strata: perFacet(() => spread.strata),
    reliability: perFacet(() => spread.reliability),
    fixed: perFacet(() => spread.fixed),
    subsets: [],
    comparable: perFacet(() => []),
    extreme: [],
  }
}

/** Moves an equivalent solution to where mean(D) = mean(C) = ΣF = 0, in place. */
function centre({ abilities, places, steps }: Parameters, { ids, of }: CodedMarks, openness: Openness): void {
  const before = places.slice()
  settle(places, ids.stations.length, openness)
  const top = steps.length - 1
  const meanStep = at(steps, top) / top
  for (let k = 1; k <= top; k++) add(steps, k, -k * meanStep)
  const markOf = new Int32Array(abilities.length)
  of.candidates.forEach((candidate, mark) => (markOf[candidate] = mark))
  markOf.forEach((mark, candidate) => {
    const [station, examiner] = [at(of.stations, mark), ids.stations.length + at(of.examiners, mark)]
    const moved = at(places, station) - at(before, station) + at(places, examiner) - at(before, examiner)
    add(abilities, candidate, meanStep - moved)
  })
  for (const measures of [abilities, places]) measures.forEach((measure, i) => (measures[i] = exactZero(measure)))
}

/** A measure in logits, or exactly 0 where it is no more than what rounding leaves of 0. */
const exactZero = (measure: number): number => (Math.abs(measure) < 1e-12 ? 0 : measure)

function elementsOf(
  { ids, labels }: CodedMarks,
  { abilities, places, steps }: Parameters,
  fits: PerFacet<Fit[]>,
  comparable: PerFacet<string[][]>,
): PerFacet<RaschElement[]> {
  const probabilities = new Float64Array(steps.length)
  const typical = mean(Array.from(abilities))
  const inScoreDirection = {
    candidates: abilities,
    stations: places.subarray(0, ids.stations.length),
    examiners: places.subarray(ids.stations.length),
  }
  const fairAt = (theta: number): number => {
    expectMark(theta, steps, probabilities)
    return labels.reduce((sum, label, k) => sum + label * at(probabilities, k), 0)
  }
  return perFacet((facet) =>
    fits[facet].map((fit, element) => {
      const place = at(inScoreDirection[facet], element)
      const isCandidate = facet === 'candidates'
      return {
        id: ids[facet][element] ?? '',
        measure: isCandidate ? place : 0 - place,
        fair: comparable[facet].length > 1 ? null : fairAt(isCandidate ? place : typical + place),
        ...fit,
      }
    }),
  )
}

function spreadIn(facet: Facet, elements: readonly RaschElement[], groups: readonly string[][]): Spread {
  const reason = tooFewOf(facet, elements.length) ?? (groups.length > 1 ? 'not-comparable' : undefined)
  return reason === undefined ? spreadOf(elements) : noSpread(elements.length, reason)
}

/** The whole numbers between two categories in use that are not in use, and the categories given that fell away. */
function unusedIn(given: readonly number[], used: readonly number[]): number[] {
  const [lowest, highest] = [given[0] ?? 0, given.at(-1) ?? 0]
  if (highest - lowest > 1000) return given.filter((label) => !used.includes(label))
  const between = Array.from({ length: highest - lowest + 1 }, (_, step) => lowest + step)
  return between.filter((label) => !used.includes(label))
}

/** Where extreme elements would stand, by their marks with elements that were estimated. */
function placeExtremes(
  removed: readonly RemovedExtreme[],
  coded: CodedMarks,
  rest: CodedMarks,
  { abilities, places, steps }: Parameters,
): RaschExtreme[] {
  const stations = rest.ids.stations.length
  const placeOf = {
    candidates: new Map(rest.ids.candidates.map((id, element) => [id, at(abilities, element)])),
    stations: new Map(rest.ids.stations.map((id, element) => [id, at(places, element)])),
    examiners: new Map(rest.ids.examiners.map((id, element) => [id, at(places, stations + element)])),
  }
  return removed.map(({ facet, id, end }) => {
    const others = facets.filter((other) => other !== facet)
    const self = coded.ids[facet].indexOf(id)
    const endLabel = end === 'lowest' ? rest.labels[0] : rest.labels.at(-1)
    const itsMarks = Array.from(coded.category.keys()).filter((mark) => coded.of[facet][mark] === self)
    const withEstimated = itsMarks.flatMap((mark) => {
      const [one, two] = others.map((other) => placeOf[other].get(coded.ids[other][at(coded.of[other], mark)] ?? ''))
      return one === undefined || two === undefined ? [] : [{ mark, opposing: one + two }]
    })
    const atEnd = withEstimated.every(({ mark }) => coded.labels[at(coded.category, mark)] === endLabel)
    const place = atEnd
      ? extrapolate(
          end,
          withEstimated.map(({ opposing }) => opposing),
          steps,
        )
      : null
    const measure = place === null || facet === 'candidates' ? place : 0 - place
    return { facet, id, end, measure, method: 'rasch-extreme-adjusted' }
  })
}
