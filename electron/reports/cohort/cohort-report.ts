import type { Station } from '#shared/domain/exam.ts'
import type { CohortResult } from '#shared/domain/results.ts'
import type { ExamMeasures } from '#shared/measurement/analysis/exam-measures.ts'
import type { PatientMeasures } from '#shared/measurement/analysis/patient-measures.ts'
import { markToPass } from '#shared/domain/standard.ts'
import type { DocumentOptions } from '../document-options.ts'
import type { Block } from '../kit/block.ts'
import { columns, rule } from '../kit/frames.ts'
import { openReport } from '../kit/report.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { colors, type } from '../kit/theme.ts'
import { date, lang, foot, sampleLine, score, signed } from '../words.ts'
import type { Naming } from '../pseudonymised.ts'
import { attentionTables } from './attention-tables.ts'
import { candidateTable } from './candidate-table.ts'
import { completenessBlocks } from './completeness.ts'
import { cutTable } from './cut-table.ts'
import { decisionBlocks } from './decision.ts'
import { examinerBlocks } from './examiners.ts'
import { groupBlocks } from './groups.ts'
import { histogram } from './histogram.ts'
import { integrityBlocks } from './integrity.ts'
import { glossaryBlocks, methodBlocks } from './methods.ts'
import { patientBlocks } from './patients.ts'
import { reliabilityBlocks } from './reliability.ts'
import { stationPages } from './station-pages.ts'

const soft = { color: colors.soft } as const

/** What the report is made of: the exam's results, what measurement says of it, and its marks. */
export type Reported = { cohort: CohortResult; measures: ExamMeasures; patients: PatientMeasures }

/** `examinerName` is what an examiner is called on this paper. */
export type CohortOptions = DocumentOptions & Naming & { examinerName: (examiner: string) => string }

/**
 * The exam as a document that a committee can sign: the decision first, then what is missing, what the scores look like,
 * how far each figure can be believed, the candidates, and how it is all made. Without names people stand by their numbers
 * and pseudonyms alone.
 */
export function cohortReport({ cohort, measures, patients }: Reported, options: CohortOptions): Uint8Array {
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
    ...decisionBlocks(cohort, measures, options),
  )
  report.newPage()
  report.add(...completenessBlocks(cohort), ...distributions(cohort))
  report.newPage()
  report.add(...stationTable(cohort), ...cutTable(measures))
  for (const page of stationPages(measures)) {
    report.newPage()
    report.add(...page)
  }
  report.newPage()
  report.add(...reliabilityBlocks(measures))
  report.newPage()
  report.add(...examinerBlocks(measures, options.examinerName))
  report.newPage()
  report.add(
    ...patientBlocks(patients),
    ...agreement(cohort),
    ...groupBlocks(measures, cohort.standard),
    ...candidateTable(cohort, options),
    ...attentionTables(cohort, options),
  )
  report.newPage()
  report.add(...methodBlocks(cohort))
  report.newPage()
  report.add(...integrityBlocks(cohort, options), ...glossaryBlocks())
  return report.finish()
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
