import { stringencySide, type StringencySide } from '#shared/measurement/raters/stringency-model.ts'
import type { Statistic } from '#shared/measurement/statistic.ts'
import type { Reason, Warning } from '#shared/measurement/terms.ts'
import { warningWords } from '#shared/measurement/words.ts'
import { whyNot, written } from '../measures/figure-words.ts'
import { count } from '../words.ts'

/** The stringency of one examiner, and what it stands on. */
export type Own = {
  stringency: Statistic
  /** How many examiners can be compared, this one among them. */
  compared: number
  scores: number
  candidates: number
  stations: number
}

/** What the letter says first: the answer, how sure it is, what it stands on. `leftOut`: own stations that do not count. */
export const verdict = (own: Own | undefined, leftOut: readonly number[]): string[] => [
  ...found(own),
  ...(leftOut.length === 0
    ? []
    : [
        `${leftOut.length === 1 ? `Station ${leftOut.join('')} counts` : `Stations ${leftOut.join(', ')} count`} for nobody in this exam, so what you gave there is left out.`,
      ]),
]

function found(own: Own | undefined): string[] {
  if (!own || own.scores === 0)
    return ['No score of yours counts in this exam, so nothing can be said of how strict you were.']
  const { stringency, compared } = own
  const standsOn = `${count(own.scores, 'score that you gave', 'scores that you gave')}, to ${count(own.candidates, 'candidate', 'candidates')} at ${count(own.stations, 'station', 'stations')}`
  if (stringency.value === null)
    return [
      `How strict you were cannot be said: ${whyNotYours(stringency)}.`,
      `${byLayout.has(stringency.reason ?? 'no-data') ? 'That says nothing about you: it is how the exam was laid out.' : 'That says nothing about you.'} It would stand on the ${standsOn}.`,
    ]
  return [
    ...answer(stringency, stringency.value),
    `It stands on ${standsOn}, and compares you with the average of ${compared} examiners, you among them.`,
  ]
}

function answer(figure: Statistic, value: number): string[] {
  if (figure.warnings.includes('variance-at-zero'))
    return ['These scores show no differences between examiners, so nothing sets you apart from the average.']
  const same = 'the average examiner would have marked the same candidates at the same stations'
  const far = Math.abs(value) < LEAST ? `practically as ${same}` : `${lowerOrHigher(value)} than ${same}`
  return [`You marked ${far}. ${sideWord[stringencySide(figure)]}`, interval(figure)]
}

const sideWord: Readonly<Record<StringencySide, string>> = {
  harsh: 'You were stricter than average.',
  mild: 'You were milder than average.',
  untold: 'That may be chance: you cannot be told from the average.',
  'no-interval': 'Whether that is more than chance cannot be told.',
  withheld: '',
}

/** Below this, two decimals show nothing. */
const LEAST = 0.005

const size = (points: number): string =>
  Math.abs(points) < LEAST ? 'less than 0.01' : written(Math.abs(points), 'points')

const direction = (points: number): string => (points < 0 ? 'higher' : 'lower')

const lowerOrHigher = (points: number): string => `${size(points)} points ${direction(points)}`

function interval({ ci95 }: Statistic): string {
  if (!ci95) return 'No interval can be given: as many effects are estimated as there are scores.'
  const [low, high] = ci95
  if (low <= 0 && high >= 0)
    return `The true figure may well lie anywhere from ${lowerOrHigher(low)} to ${lowerOrHigher(high)} (95 % interval). That holds 0.`
  const [near, far] = low > 0 ? [low, high] : [high, low]
  return `The true figure may well lie anywhere from ${size(near)} to ${lowerOrHigher(far)} (95 % interval). That leaves out 0; of twenty average examiners, chance alone would set about one apart like this.`
}

/** Withheld for want of overlap, which is for those who plan an exam. */
const byLayout: ReadonlySet<Reason> = new Set([
  'examiner-not-comparable',
  'examiner-alone-at-station',
  'one-examiner',
  'too-few-examiners',
])

const reasonsToYou: Partial<Record<Reason, string>> = {
  'examiner-not-comparable':
    'you overlap with no other examiner in a way that would tell your strictness from how able your candidates and how hard your stations were',
  'examiner-alone-at-station':
    'nobody else marked at your stations, so your strictness cannot be told from how hard they were',
  'one-examiner': 'nobody else gave a score in this exam, so there is no one to compare you with',
  'one-candidate': 'only one candidate has a score in this exam',
  'no-variance': 'all scores of this exam are the same',
  'too-few-examiners':
    'fewer than three examiners can be compared with each other, so your figure would tell that of another',
}

const whyNotYours = ({ reason }: Pick<Statistic, 'reason'>): string =>
  reasonsToYou[reason ?? 'no-data'] ?? whyNot({ reason: reason ?? 'no-data' })

const warningsToYou: Partial<Record<Warning, string>> = {
  'candidates-by-chance':
    'It assumes that chance decided whom you examined. Had able candidates been sent to you, you would seem mild.',
  'compared-within-set':
    'The examiners of this exam fall into sets that cannot be compared with each other. The average is that of your set.',
  'drawn-to-average':
    'It is a prediction: the fewer scores an examiner gave, the nearer it is drawn to the average, and so is yours.',
}

type Meaning = { title: string; points: string[] }

/** What the figure says and what it does not; where it is withheld, what it would say. */
export const meaning = (figure: Statistic | undefined): Meaning[] =>
  figure === undefined || figure.value === null ? wouldBe : given(figure.warnings)

const given = (warnings: readonly Warning[]): Meaning[] => [
  {
    title: 'What that means',
    points: [
      'Above 0 is stricter and below 0 milder than average; 100 points are the whole scale. The interval is where the true figure may well lie.',
      warnings.includes('candidates-by-chance')
        ? 'Stations are held equal as far as the exam’s layout allows: the figure is not made by a hard station.'
        : 'Candidates and stations are held equal as far as the exam’s layout allows: the figure is not made by weak candidates or a hard station.',
      ...warnings.map((warning) => warningsToYou[warning] ?? warningWords(warning)),
    ],
  },
  {
    title: 'What it does not mean',
    points: [
      'It is no mark of your quality: it says nothing about how well you tell a good encounter from a poor one.',
      'It does not say that you were wrong: the average is what examiners did, not what is right.',
      'It does not say that you are a strict or a mild person: another exam may give another figure.',
      'No candidate’s score was changed because of it.',
    ],
  },
]

const wouldBe: Meaning[] = [
  {
    title: 'What such a figure would mean',
    points: [
      'It would say by how many points you marked lower (stricter) or higher (milder) than the average examiner would have marked the same candidates at the same stations, with an interval in which the true figure may well lie.',
      'It needs three or more examiners who overlap: some candidates meet another examiner of a station than the rest, or examiners change places half-way.',
    ],
  },
  {
    title: 'What it would not mean',
    points: [
      'It would be no mark of your quality: it would say nothing about how well you tell a good encounter from a poor one.',
      'It would not say that you were wrong: the average is what examiners did, not what is right.',
      'It would not say that you are a strict or a mild person: another exam may give another figure.',
      'No candidate’s score would be changed because of it.',
    ],
  },
]
