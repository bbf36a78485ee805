import type { BlandAltmanWords } from './bland-altman-plot.ts'
import type { CueFunnelWords } from './cue-funnel.ts'
import type { DecisionStudyWords } from './decision-study.ts'
import type { ScoreDistributionWords } from './distribution.ts'
import type { ExaminerForestWords } from './examiner-forest.ts'
import type { HeatMapWords } from './heat-map.ts'
import type { ScoreAgainstGradeWords } from './score-against-grade.ts'
import type { WrightMapWords } from './wright-map.ts'

/** What writes a sentence of the locale: its key, what is put into it, and the number that chooses singular or plural. */
export type Say = (key: string, named?: Record<string, string | number>, plural?: number) => string

const joined = (...sentences: (string | null)[]): string => sentences.filter((one) => one !== null).join(' ')

export const gradeWords = (say: Say): ScoreAgainstGradeWords => ({
  grade: say('analysis.charts.grade.grade'),
  score: say('analysis.charts.grade.score'),
  cut: (score) => say('analysis.charts.grade.cut', { score }),
  borderline: say('analysis.charts.grade.borderline'),
  caption: say('analysis.charts.grade.caption'),
  candidates: say('analysis.charts.grade.candidates'),
  empty: say('analysis.charts.grade.empty'),
  sentence: ({ n, cut, slope }) =>
    joined(
      say('analysis.charts.grade.sentence', { n }, n),
      slope === null ? null : say('analysis.charts.grade.slope', { slope }),
      cut === null ? say('analysis.charts.grade.noCut') : say('analysis.charts.grade.cutAt', { cut }),
    ),
  point: (grade, score, n) => say('analysis.charts.grade.point', { grade, score, n }, n),
})

export const distributionWords = (say: Say): ScoreDistributionWords => ({
  score: say('analysis.charts.distribution.score'),
  candidates: say('analysis.charts.distribution.candidates'),
  cut: (score) => say('analysis.charts.distribution.cut', { score }),
  band: (k) => say('analysis.charts.distribution.band', { k }),
  caption: say('analysis.charts.distribution.caption'),
  from: say('analysis.charts.distribution.from'),
  below: say('analysis.charts.distribution.below'),
  empty: say('analysis.charts.distribution.empty'),
  sentence: ({ n, low, high, cut, under, within }) =>
    joined(
      say('analysis.charts.distribution.sentence', { n, low, high }, n),
      cut === null
        ? say('analysis.charts.distribution.noCut')
        : say('analysis.charts.distribution.cutAt', { n: under, cut }, under),
      within === null ? null : say('analysis.charts.distribution.within', { n: within }, within),
    ),
  bin: (from, to, n) => say('analysis.charts.distribution.bin', { from, to, n }, n),
})

export const forestWords = (say: Say): ExaminerForestWords => ({
  stringency: say('analysis.charts.forest.stringency'),
  examiner: say('analysis.charts.forest.examiner'),
  marks: say('analysis.charts.forest.marks'),
  low: say('analysis.charts.forest.low'),
  high: say('analysis.charts.forest.high'),
  because: say('analysis.charts.forest.because'),
  caption: say('analysis.charts.forest.caption'),
  empty: say('analysis.charts.forest.empty'),
  interval: (value, low, high) => say('analysis.charts.forest.interval', { value, low, high }),
  sentence: ({ n, mostSevere: severe, mostLenient: lenient, apart, withheld }) =>
    joined(
      say('analysis.charts.forest.sentence', { n, severe, lenient }, n),
      say('analysis.charts.forest.apart', { n: apart }, apart),
      withheld === 0 ? null : say('analysis.charts.forest.withheld', { n: withheld }, withheld),
    ),
  point: (examiner, value, n) => say('analysis.charts.forest.point', { examiner, value, n }, n),
})

export const studyWords = (say: Say): DecisionStudyWords => {
  const ratersOf = (n: number) => say('analysis.charts.study.ratersOf', { n }, n)
  const stationsOf = (n: number) => say('analysis.charts.study.stationsOf', { n }, n)
  return {
    erho2: say('analysis.charts.study.erho2'),
    phi: say('analysis.charts.study.phi'),
    stations: say('analysis.charts.study.stations'),
    raters: say('analysis.charts.study.raters'),
    ratersOf,
    held: say('analysis.charts.study.held'),
    caption: say('analysis.charts.study.caption'),
    empty: say('analysis.charts.study.empty'),
    sentence: ({ to, best, raters }) => {
      const design = { stations: stationsOf(to), raters: ratersOf(raters) }
      return best === null
        ? say('analysis.charts.study.withheld', design)
        : say('analysis.charts.study.sentence', { ...design, best })
    },
    point: (coefficient, value, stations, raters) =>
      say('analysis.charts.study.point', {
        coefficient,
        value,
        stations: stationsOf(stations),
        raters: ratersOf(raters),
      }),
  }
}

export const wrightWords = (say: Say): WrightMapWords => ({
  logits: say('analysis.charts.wright.logits'),
  candidates: say('analysis.charts.wright.candidates'),
  stations: say('analysis.charts.wright.stations'),
  examiners: say('analysis.charts.wright.examiners'),
  thresholds: say('analysis.charts.wright.thresholds'),
  caption: say('analysis.charts.wright.caption'),
  group: say('analysis.charts.wright.group'),
  name: say('analysis.charts.wright.name'),
  measure: say('analysis.charts.wright.measure'),
  empty: say('analysis.charts.wright.empty'),
  sentence: ({ candidates: n, low, high, hardest, mostSevere }) =>
    joined(
      say('analysis.charts.wright.sentence', { n, low, high }, n),
      say('analysis.charts.wright.hardest', { name: hardest }),
      mostSevere === null ? null : say('analysis.charts.wright.severe', { name: mostSevere }),
    ),
  point: (group, name, measure) => say('analysis.charts.wright.point', { group, name, measure }),
  bin: (from, to, n) => say('analysis.charts.wright.bin', { from, to, n }, n),
})

export const agreementWords = (say: Say): BlandAltmanWords => ({
  mean: say('analysis.charts.agreement.mean'),
  difference: say('analysis.charts.agreement.difference'),
  count: say('analysis.charts.agreement.count'),
  first: say('analysis.charts.agreement.first'),
  second: say('analysis.charts.agreement.second'),
  bias: (value) => say('analysis.charts.agreement.bias', { value }),
  lower: (value) => say('analysis.charts.agreement.lower', { value }),
  upper: (value) => say('analysis.charts.agreement.upper', { value }),
  caption: say('analysis.charts.agreement.caption'),
  empty: say('analysis.charts.agreement.empty'),
  sentence: ({ n, bias, lower, upper }) =>
    joined(
      say('analysis.charts.agreement.sentence', { n }, n),
      bias === null || lower === null || upper === null
        ? say('analysis.charts.agreement.noLimits')
        : say('analysis.charts.agreement.limits', { bias, lower, upper }),
    ),
  point: (mean, difference, n) => say('analysis.charts.agreement.point', { mean, difference, n }, n),
})

/** `of`: what a row of the map is. */
export const heatWords = (say: Say, of: 'candidate' | 'band'): HeatMapWords => ({
  row: say(`analysis.charts.heat.${of}`),
  missing: say('analysis.charts.heat.missing'),
  below: say('analysis.charts.heat.below'),
  belowCount: say('analysis.charts.heat.belowCount'),
  caption: say('analysis.charts.heat.caption'),
  empty: say('analysis.charts.heat.empty'),
  sentence: (about) => say('analysis.charts.heat.sentence', about),
  point: (row, column, value, isBelow) =>
    say(isBelow ? 'analysis.charts.heat.pointBelow' : 'analysis.charts.heat.point', { row, column, value }),
})

/** `of`: what a bar of the funnel is. */
export const cueWords = (say: Say, of: 'station' | 'domain'): CueFunnelWords => ({
  cues: say('analysis.charts.cues.cues'),
  row: say(`analysis.charts.cues.${of}`),
  met: say('analysis.charts.cues.met'),
  unmet: say('analysis.charts.cues.unmet'),
  noMoment: say('analysis.charts.cues.noMoment'),
  share: say('analysis.charts.cues.share'),
  caption: say(`analysis.charts.cues.captions.${of}`),
  empty: say('analysis.charts.cues.empty'),
  end: (met, given, percent) => say('analysis.charts.cues.end', { met, given, percent }),
  noCue: say('analysis.charts.cues.noCue'),
  sentence: (about) => say(`analysis.charts.cues.sentences.${of}`, about),
  point: (name, kind, count, cues) => say('analysis.charts.cues.point', { name, kind, count, cues }),
})
