import type { Statistic } from '../statistic.ts'

/** One of two exams that stand beside each other. Figures in points have the unit of its scale. */
export type ComparedExam = {
  candidates: number
  /** The highest score of a station; null where it is not known. Scores begin at 0. */
  highest: number | null
  outcomes: { pass: number; fail: number; incomplete: number }
  stations: { title: string; mean: Statistic; cut: Statistic; r2: Statistic }[]
} & Record<'cut' | 'seCut' | 'mean' | 'sd' | 'alpha' | 'sem' | 'erho2' | 'phi', Statistic>

export const comparedFigures = ['cut', 'seCut', 'mean', 'sd', 'sem', 'alpha', 'erho2', 'phi'] as const
export type ComparedFigure = (typeof comparedFigures)[number]

/** A figure of both, and the second less the first; null where one is withheld or the scales cannot be brought together. */
export type Compared<Figure> = { first: Figure; second: Figure; difference: number | null }

/** What makes a comparison less than fair. */
export type Unfairness =
  'scale-unknown' | 'scale-converted' | 'candidates-differ' | 'stations-differ' | 'no-station-same'

export type ExamComparison = {
  unfair: Unfairness[]
  /** Whether both are in per cent of their scale. */
  inPercent: boolean
  candidates: Compared<number>
  stations: Compared<number>
  figures: Record<ComparedFigure, Compared<Statistic>>
  /** Of all candidates; null where there are none. */
  shares: Record<'pass' | 'fail' | 'incomplete', Compared<number | null>>
  /** Stations whose titles match, capitals and spaces aside. */
  sameStations: { title: string; mean: Compared<Statistic>; cut: Compared<Statistic>; r2: Compared<Statistic> }[]
}

const unitFree: readonly ComparedFigure[] = ['alpha', 'erho2', 'phi']

/**
 * Two exams side by side. Points are brought to per cent of each exam's scale; where a scale is not known they stay as they
 * are, and no difference of them is given.
 */
export function compareExams(first: ComparedExam, second: ComparedExam): ExamComparison {
  const inPercent = first.highest !== null && second.highest !== null
  const scaled = (exam: ComparedExam, figure: Statistic) =>
    inPercent && exam.highest !== null ? times(figure, 100 / exam.highest) : figure
  const points = (a: Statistic, b: Statistic): Compared<Statistic> => {
    const pair = compared(scaled(first, a), scaled(second, b))
    return inPercent ? pair : { ...pair, difference: null }
  }
  const figure = (name: ComparedFigure): Compared<Statistic> =>
    unitFree.includes(name) ? compared(first[name], second[name]) : points(first[name], second[name])
  const share = (outcome: keyof ComparedExam['outcomes']): Compared<number | null> => {
    const of = ({ outcomes, candidates }: ComparedExam) => (candidates === 0 ? null : outcomes[outcome] / candidates)
    return numbers(of(first), of(second))
  }
  const there = new Map(second.stations.map((station) => [plain(station.title), station]))
  const sameStations = first.stations.flatMap((station) => {
    const other = there.get(plain(station.title))
    if (!other) return []
    const { mean, cut, r2 } = station
    return [
      {
        title: station.title,
        ...{ mean: points(mean, other.mean), cut: points(cut, other.cut), r2: compared(r2, other.r2) },
      },
    ]
  })
  const isSame = sameStations.length === first.stations.length && first.stations.length === second.stations.length
  return {
    unfair: [
      ...(inPercent ? [] : (['scale-unknown'] as const)),
      ...(inPercent && first.highest !== second.highest ? (['scale-converted'] as const) : []),
      ...(first.candidates === second.candidates ? [] : (['candidates-differ'] as const)),
      ...(sameStations.length === 0 ? (['no-station-same'] as const) : isSame ? [] : (['stations-differ'] as const)),
    ],
    inPercent,
    candidates: {
      first: first.candidates,
      second: second.candidates,
      difference: second.candidates - first.candidates,
    },
    stations: {
      ...{ first: first.stations.length, second: second.stations.length },
      difference: second.stations.length - first.stations.length,
    },
    figures: {
      ...{ cut: figure('cut'), seCut: figure('seCut'), mean: figure('mean'), sd: figure('sd'), sem: figure('sem') },
      ...{ alpha: figure('alpha'), erho2: figure('erho2'), phi: figure('phi') },
    },
    shares: { pass: share('pass'), fail: share('fail'), incomplete: share('incomplete') },
    sameStations,
  }
}

const plain = (title: string): string => title.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()

const numbers = (first: number | null, second: number | null): Compared<number | null> => ({
  ...{ first, second, difference: first === null || second === null ? null : second - first },
})

const compared = (first: Statistic, second: Statistic): Compared<Statistic> => ({
  ...{ first, second, difference: numbers(first.value, second.value).difference },
})

/** A figure in another unit. */
function times(figure: Statistic, factor: number): Statistic {
  const { value, se, ci95 } = figure
  return {
    ...figure,
    value: value === null ? null : value * factor,
    ...(se === undefined ? {} : { se: se * factor }),
    ...(ci95 === undefined ? {} : { ci95: [ci95[0] * factor, ci95[1] * factor] as [number, number] }),
  }
}
