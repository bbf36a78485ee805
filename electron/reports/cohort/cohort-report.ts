import type { Station } from '#shared/domain/exam.ts'
import type { CohortResult } from '#shared/domain/results.ts'
import { markToPass } from '#shared/domain/standard.ts'
import type { DocumentOptions } from '../document-options.ts'
import type { Block } from '../kit/block.ts'
import { callout, columns, rule } from '../kit/frames.ts'
import { openReport } from '../kit/report.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { colors, type } from '../kit/theme.ts'
import { count, date, lang, outcomeWord, foot, mark, sampleLine, score, signed } from '../words.ts'
import type { Naming } from '../pseudonymised.ts'
import { attentionTables } from './attention-tables.ts'
import { candidateTable } from './candidate-table.ts'
import { completenessBlocks } from './completeness.ts'
import { hasAmendments, integrityBlocks } from './integrity.ts'
import { histogram } from './histogram.ts'

const soft = { color: colors.soft } as const

/**
 * The exam for its director: completeness first, then distributions, stations, candidates, and what needs a look. Without
 * names candidates stand by their numbers alone, and a second person has none.
 */
export function cohortReport(cohort: CohortResult, options: DocumentOptions & Naming): Uint8Array {
  const { exam } = cohort
  const report = openReport({
    library: options.library,
    title: `Cohort report: ${exam.title}`,
    lang,
    created: options.recordedAt,
    paper: exam.paper,
    footer: `Cohort report · ${exam.title} · Attune ${options.version}`,
    pageLabel: foot(options.ledgerCode),
    ...(exam.sample && { sampleLine }),
  })
  report.add(
    heading(1, 'Cohort report'),
    paragraph([exam.title, ' · ', date(exam.heldOn), exam.site === '' ? '' : ` · ${exam.site}`], soft),
    rule(1.5, colors.ink),
    ...completenessBlocks(cohort),
    ...outcomes(cohort),
    ...distributions(cohort),
    ...stationTable(cohort),
    ...agreement(cohort),
    ...candidateTable(cohort, options),
    ...attentionTables(cohort, options),
    ...method(cohort),
  )
  if (hasAmendments(cohort)) report.newPage()
  report.add(...integrityBlocks(cohort, options))
  return report.finish()
}

function outcomes({ outcomes: tally, standard, candidates }: CohortResult): Block[] {
  const { minStationsPassed } = standard
  const stations = minStationsPassed > 0 ? ` and ${count(minStationsPassed, 'station', 'stations')} passed` : ''
  const parts = (['pass', 'fail', 'incomplete', 'review'] as const).map(
    (kind) => `${outcomeWord[kind].toLowerCase()} ${tally[kind]}`,
  )
  const byFlag = candidates.filter(({ unmet }) => unmet.length === 1 && unmet.includes('red-flag')).length
  const flagged = byFlag === 0 ? '' : ` Not passed for an upheld red flag alone: ${byFlag}.`
  return [
    heading(2, 'Outcomes'),
    callout(colors.teal, [
      paragraph(`${count(candidates.length, 'candidate', 'candidates')}: ${parts.join(', ')}.${flagged}`),
      paragraph(
        `Rule declared with the exam: mean of at least ${mark(markToPass(standard))}${stations}, and no red flag upheld; figures compared unrounded.`,
        soft,
      ),
    ]),
  ]
}

/** Charts beside each other. */
const PER_ROW = 3

function distributions({ domains, scores, standard }: CohortResult): Block[] {
  const colourOf = (name: string): string =>
    name === 'indigo' || name === 'magenta' || name === 'ochre' || name === 'teal' ? colors[name] : colors.ink
  const charts = [
    { title: 'Exam score', color: colors.soft, distribution: scores },
    ...domains.map(({ title, colour, distribution }) => ({ title, color: colourOf(colour), distribution })),
  ]
  const block = ({ title, color, distribution }: (typeof charts)[number]): Block[] => [
    paragraph(
      [
        { text: title, style: 'bold' },
        {
          text: `\nn ${distribution.n}, mean ${score(distribution.mean)}, SD ${score(distribution.sd)}`,
          ...soft,
        },
      ],
      { size: type.small },
      2,
    ),
    histogram(title, color, distribution, markToPass(standard)),
  ]
  const rows = Array.from({ length: Math.ceil(charts.length / PER_ROW) }, (_, row) =>
    charts.slice(row * PER_ROW, (row + 1) * PER_ROW),
  )
  return [
    heading(2, [
      'Distributions',
      { text: ' · one score a candidate; dashed line: pass mark', style: 'regular', ...soft },
    ]),
    ...rows.map((row) =>
      columns(
        Array.from({ length: PER_ROW }, (_, place) => {
          const chart = row[place]
          return { share: 1, blocks: chart ? block(chart) : [] }
        }),
      ),
    ),
  ]
}

const nameOf = (stations: readonly Station[], id: Station['id']): string => {
  const station = stations.find((entry) => entry.id === id)
  return station ? `${station.number}  ${station.title}` : ''
}

function stationTable({ stations, perStation }: CohortResult): Block[] {
  return [
    heading(2, 'Stations'),
    table(
      [
        { header: 'Station', share: 1, namesRow: true },
        { header: 'n', width: 28, align: 'right' },
        { header: 'Mean', width: 38, align: 'right' },
        { header: 'SD', width: 34, align: 'right' },
        { header: 'Min', width: 36, align: 'right' },
        { header: 'Q1', width: 36, align: 'right' },
        { header: 'Median', width: 42, align: 'right' },
        { header: 'Q3', width: 36, align: 'right' },
        { header: 'Max', width: 36, align: 'right' },
        { header: 'Passed', width: 50, align: 'right' },
      ],
      perStation.map(({ stationId, score: own, passed, failed }) => [
        nameOf(stations, stationId),
        String(own.n),
        score(own.mean),
        score(own.sd),
        score(own.min),
        score(own.quartiles.q1),
        score(own.quartiles.median),
        score(own.quartiles.q3),
        score(own.max),
        `${passed} of ${passed + failed}`,
      ]),
      { size: type.small },
    ),
  ]
}

function agreement({ stations, perStation }: CohortResult): Block[] {
  return [
    heading(2, [
      'Examiner and patient side by side',
      {
        text: ' · over the encounters that have both; no part of the mark',
        style: 'regular',
        ...soft,
      },
    ]),
    table(
      [
        { header: 'Station', share: 1, namesRow: true },
        { header: 'Pairs', width: 40, align: 'right' },
        { header: 'Examiner', width: 56, align: 'right' },
        { header: 'Patient', width: 50, align: 'right' },
        { header: 'Difference', width: 58, align: 'right' },
        { header: 'Correlation', width: 60, align: 'right' },
      ],
      perStation.map(({ stationId, pairs, pairedMeans, meanDifference, correlation }) => [
        nameOf(stations, stationId),
        String(pairs),
        score(pairedMeans?.examiner ?? null),
        score(pairedMeans?.sp ?? null),
        meanDifference === null ? '–' : signed(meanDifference),
        correlation === null ? '–' : correlation.toFixed(2).replace('-', '−'),
      ]),
      { size: type.small },
    ),
  ]
}

function method({ rubrics }: CohortResult): Block[] {
  const used = rubrics.map(({ title, version, checksum }) => `${title}, version ${version} (${checksum.slice(0, 12)})`)
  return [
    heading(2, 'How the figures are made'),
    paragraph(
      `Rubric: ${used.join('; ') || 'none'}. A domain score is the weighted mean of its rated behaviours as a share of the highest level, times 100; a station score the weighted mean of its domain scores, given where at least half of the behaviours were rated; an exam score the mean of the station scores. “No opportunity arose” and missing marks carry no weight. SD is the sample’s (n − 1); quartiles lie between scores in proportion (type 7 of Hyndman and Fan) and are withheld below four of them, a correlation (Pearson) and a mean difference (examiner − patient) below three pairs. A dash means that a figure is withheld.`,
      { size: type.small, ...soft },
    ),
  ]
}
