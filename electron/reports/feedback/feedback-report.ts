import type { CandidateResult, StationResult } from '#shared/domain/results.ts'
import { spStatements } from '#shared/domain/sp-form.ts'
import { markToPass, stationMark } from '#shared/domain/standard.ts'
import type { Statistic } from '#shared/measurement/statistic.ts'
import { meanOf } from '#shared/scoring/distribution.ts'
import { metStations, type Met } from '#shared/scoring/met-stations.ts'
import { stoodOut } from '#shared/scoring/stood-out.ts'
import type { DocumentOptions } from '../document-options.ts'
import type { Block } from '../kit/block.ts'
import { columns, rule } from '../kit/frames.ts'
import type { Flow } from '../kit/flow.ts'
import { openReport } from '../kit/report.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { colors, smallPrint, soft, type } from '../kit/theme.ts'
import { date, foot, lang, mark, sampleLine, score, scoreBeside, spStatementName, withheldBecause } from '../words.ts'
import { actionPlan } from './action-plan.ts'
import { adviceDensities, scoreDensities, type AdviceDensity, type Densities, type ScoreDensity } from './density.ts'
import { explanation } from './explanation.ts'
import { howComplete, outcome } from './outcome.ts'
import { profileChart } from './profile-chart.ts'
import { scoreBand } from './score-band.ts'
import { stationFeedback } from './station-feedback.ts'
import { beginning, inOneLine, sentence } from './wording.ts'
import { timeline } from './timeline.ts'

/** `sem`: the standard error of measurement of an exam score, in its points. */
export type FeedbackOptions = DocumentOptions & { sem: Statistic }

/**
 * One candidate's feedback, a page each: did I pass, and what am I good at; then station by station, and what next. Each
 * page is set in the first density that keeps to it. Only an exam of many more stations than usual takes further pages;
 * who is not in the rotation gets one page that says so.
 */
export function feedbackReport(result: CandidateResult, options: FeedbackOptions): Uint8Array {
  const { exam, candidate } = result
  const met = metStations(result)
  const report = openReport({
    library: options.library,
    title: `Your empathy feedback: candidate ${candidate.number}`,
    lang,
    created: options.recordedAt,
    paper: exam.paper,
    footer: `Candidate ${candidate.number} · ${exam.title} · Attune ${options.version}`,
    pageLabel: foot(options.ledgerCode),
    ...(exam.sample && { sampleLine }),
  })
  const firstFitting = <D>(densities: Densities<D>, fill: (flow: Flow, density: D) => void): D =>
    densities.find((density) => {
      const trial = report.trial()
      fill(trial, density)
      return trial.pages() === 1
    }) ??
    densities.at(-1) ??
    densities[0]

  const scores = (flow: Flow, density: ScoreDensity): void => {
    flow.add(
      ...title(result),
      outcome(result),
      ...scoreBand(result, options.sem),
      ...profile(result),
      ...stationTable(result, met, density),
      ...moments(result, met),
    )
  }
  const advice = (flow: Flow, density: AdviceDensity): void => {
    flow.add(
      heading(2, ['Station by station', { text: ' · what to keep and what to try next', style: 'regular', ...soft }]),
      stationFeedback(met, density),
      ...actionPlan(result, density),
      ...explanation(result, { size: Math.min(type.small, density.plan) }),
    )
  }
  if (met.length === 0) {
    report.add(...title(result), outcome(result), ...explanation(result))
    return report.finish()
  }
  scores(report, firstFitting(scoreDensities(met.length), scores))
  report.newPage()
  advice(report, firstFitting(adviceDensities(met.length), advice))
  return report.finish()
}

/** Letters beyond which a name is set smaller. */
const LONG_NAME = 40

function title(result: CandidateResult): Block[] {
  const { exam, candidate } = result
  return [
    columns([
      {
        share: 5,
        blocks: [
          heading(1, 'Your empathy feedback'),
          paragraph([exam.title, ' · ', date(exam.heldOn), exam.site === '' ? '' : ` · ${exam.site}`], {
            ...soft,
            maxLines: 3,
          }),
        ],
      },
      {
        share: 3,
        blocks: [
          paragraph(
            [{ text: candidate.name, style: 'bold' }],
            { align: 'right', size: candidate.name.length > LONG_NAME ? type.body : type.heading, maxLines: 4 },
            1,
          ),
          paragraph(`Candidate ${candidate.number}`, { align: 'right' }, 1),
          paragraph(howComplete(result), { align: 'right', ...soft }),
        ],
      },
    ]),
    rule(1.5, colors.ink),
  ]
}

function profile({ domains, standard }: CandidateResult): Block[] {
  const withCohort = domains.some(({ cohort }) => cohort.q1 !== null)
  const legend = withCohort
    ? ' · dot: you; bar: the middle half of your year; dashed line: pass mark'
    : ' · dashed line: pass mark'
  return [
    heading(2, ['Your profile', { text: legend, style: 'regular', ...soft }]),
    profileChart(domains, markToPass(standard)),
  ]
}

function stationTable({ standard }: CandidateResult, met: readonly Met[], density: ScoreDensity): Block[] {
  const rows = met.map(({ station, result }) => {
    const counts = !standard.excluded.includes(station.id)
    const toPass = stationMark(standard, station.id)
    return [
      { text: `${station.number}  ${station.title}`, look: { maxLines: density.titleLines } },
      result.score.value === null
        ? { text: '–', look: soft }
        : {
            text: counts ? scoreBeside(result.score.value, toPass) : score(result.score.value),
            look: counts && result.passed === false ? ({ style: 'bold', color: colors.bad } as const) : {},
          },
      counts ? mark(toPass) : { text: 'none', look: soft },
      score(result.sp.value),
      { text: remark(result, density), look: { ...soft, maxLines: density.stoodOutLines } },
    ]
  })
  return [
    heading(2, 'Scores'),
    table(
      [
        { header: 'Station', share: 5, namesRow: true },
        { header: 'Examiner', width: 52, align: 'right' },
        { header: 'Pass mark', width: 52, align: 'right' },
        { header: 'Patient', width: 46, align: 'right' },
        { header: 'What stood out', share: 7 },
      ],
      rows,
      { padding: density.padding, size: density.size },
    ),
    ...patientsView(met),
  ]
}

/** The SPs' statements, each as the mean of its answers over the stations. */
function patientsView(met: readonly Met[]): Block[] {
  const means = spStatements.flatMap((statement) => {
    const values = met.flatMap(({ result }) =>
      result.spAnswers.flatMap((answer) =>
        answer.statement === statement && typeof answer.value === 'number' ? [answer.value] : [],
      ),
    )
    const mean = meanOf(values)
    return mean === null ? [] : [`${spStatementName[statement]} ${score(mean)}`]
  })
  if (means.length === 0) return []
  return [
    paragraph(
      [{ text: 'Your patients, 1 to 5: ', style: 'bold', color: colors.ink }, `${means.join('; ')}.`],
      smallPrint,
    ),
  ]
}

/** Letters that three lines may hold; more would be laid out only to be cut. */
const STOOD_OUT = 200

/** What stood out, or why there is no score; on a single line the best behaviour is named rather than a quote begun. */
function remark(result: StationResult, { stoodOutLines }: ScoreDensity): string {
  const { score, strength } = result
  if (score.value === null) return sentence(withheldBecause[score.reason ?? 'not-submitted'])
  const found = stoodOut(result)
  if (stoodOutLines === 1 && strength && found?.from !== 'note') return `${strength.title}, level ${strength.value}`
  return found ? beginning(inOneLine(found.text), STOOD_OUT) : ''
}

function moments({ strongest, weakest }: CandidateResult, met: readonly Met[]): Block[] {
  const shown = [
    { id: strongest, label: weakest === null ? '' : 'your strongest: ' },
    { id: weakest, label: 'the one to learn from: ' },
  ]
  return shown.flatMap(({ id, label }) => {
    const found = met.find(({ result }) => result.encounterId === id)
    if (!found) return []
    return [
      heading(
        2,
        [
          'Moments',
          { text: ` · ${label}station ${found.station.number}, ${found.station.title}`, style: 'regular', ...soft },
        ],
        { maxLines: 1 },
      ),
      timeline(found.result, found.rubric),
    ]
  })
}
