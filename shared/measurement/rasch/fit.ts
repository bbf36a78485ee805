import { add, at } from './cells.ts'
import type { Parameters } from './likelihood.ts'
import { facets, perFacet, type CodedMarks, type PerFacet } from './marks.ts'
import { expectMark } from './rating-scale.ts'

/**
 * How well the marks of an element fit the model. `se` is 1/√ΣV in logits. Mean squares are 1 where marks scatter as the
 * model expects, more where they are erratic, less where they are too regular: `infit` = Σr²/ΣV, `outfit` = mean of r²/V;
 * `infitZ` and `outfitZ` are their cube-root (Wilson-Hilferty) transforms, about standard normal (Wright and Masters 1982).
 * null where the model leaves a mean square no room to vary.
 */
export type Fit = {
  n: number
  se: number
  infit: number
  outfit: number
  infitZ: number | null
  outfitZ: number | null
}

/** `outfit` of a category: the squared standardised residuals of its marks, as a share of what the model expects of them. */
export type CategoryFit = { count: number; meanMeasure: number; outfit: number | null }

export type Fits = {
  elements: PerFacet<Fit[]>
  categories: CategoryFit[]
  /** Standard errors of the thresholds, lowest first: 1/√ΣG(1 − G), G the probability of reaching that category. */
  thresholdErrors: number[]
}

/** The fit of every element and category at the solution. */
export function fitOf({ ids, of, category }: CodedMarks, { abilities, places, steps }: Parameters): Fits {
  const sums = perFacet((facet) => sumsFor(ids[facet].length))
  const categories = steps.length
  const probabilities = new Float64Array(categories)
  const counts = new Float64Array(categories)
  const thetas = new Float64Array(categories)
  const squares = new Float64Array(categories)
  const expected = new Float64Array(categories)
  const reaching = new Float64Array(categories)
  category.forEach((observed, mark) => {
    const station = at(of.stations, mark)
    const examiner = ids.stations.length + at(of.examiners, mark)
    const theta = at(abilities, at(of.candidates, mark)) + at(places, station) + at(places, examiner)
    const { mean, variance, fourth } = expectMark(theta, steps, probabilities)
    const square = (observed - mean) ** 2
    for (const facet of facets) {
      const element = at(of[facet], mark)
      const sum = sums[facet]
      add(sum.n, element, 1)
      add(sum.squares, element, square)
      add(sum.variances, element, variance)
      add(sum.ratios, element, square / variance)
      add(sum.excess, element, fourth - variance * variance)
      add(sum.relativeExcess, element, fourth / (variance * variance) - 1)
    }
    add(counts, observed, 1)
    add(thetas, observed, theta)
    add(squares, observed, square / variance)
    let reached = 0
    for (let k = categories - 1; k >= 0; k--) {
      const probability = at(probabilities, k)
      add(expected, k, (probability * (k - mean) ** 2) / variance)
      reached += probability
      add(reaching, k, reached * (1 - reached))
    }
  })
  return {
    elements: perFacet((facet) => ids[facet].map((_, element) => fitOfElement(sums[facet], element))),
    categories: Array.from(counts, (count, k) => ({
      count,
      meanMeasure: at(thetas, k) / count,
      outfit: finite(at(squares, k) / at(expected, k)),
    })),
    thresholdErrors: Array.from(reaching.slice(1), (information) => 1 / Math.sqrt(information)),
  }
}

type Sums = ReturnType<typeof sumsFor>

const sumsFor = (elements: number) => ({
  n: new Float64Array(elements),
  squares: new Float64Array(elements),
  variances: new Float64Array(elements),
  ratios: new Float64Array(elements),
  excess: new Float64Array(elements),
  relativeExcess: new Float64Array(elements),
})

function fitOfElement(sums: Sums, element: number): Fit {
  const n = at(sums.n, element)
  const variance = at(sums.variances, element)
  const infit = at(sums.squares, element) / variance
  const outfit = at(sums.ratios, element) / n
  return {
    n,
    se: 1 / Math.sqrt(variance),
    infit,
    outfit,
    infitZ: cubeRootZ(infit, Math.sqrt(Math.max(0, at(sums.excess, element))) / variance),
    outfitZ: cubeRootZ(outfit, Math.sqrt(Math.max(0, at(sums.relativeExcess, element))) / n),
  }
}

/** `spread` is the standard deviation of the mean square under the model. */
const cubeRootZ = (meanSquare: number, spread: number): number | null =>
  spread < 1e-9 ? null : ((Math.cbrt(meanSquare) - 1) * 3) / spread + spread / 3

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
