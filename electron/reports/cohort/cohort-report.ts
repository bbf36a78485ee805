import type { Station } from '#shared/domain/exam.ts'
import type { CohortResult } from '#shared/domain/results.ts'
import { gradeNames } from '#shared/measurement/analysis/examiner-measures.ts'
import type { DocumentOptions } from '../document-options.ts'
import type { Block } from '../kit/block.ts'
import { rule } from '../kit/frames.ts'
import { openReport } from '../kit/report.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { colors, dense, smallPrint, soft } from '../kit/theme.ts'
import { date, lang, foot, mark, sampleLine, score } from '../words.ts'
import type { Naming } from '../pseudonymised.ts'
import { attentionTables } from './attention-tables.ts'
import { candidateTable } from './candidate-table.ts'
import { completenessBlocks } from './completeness.ts'
import { cueBlocks } from './cues.ts'
import { cutTable } from './cut-table.ts'
import { decisionBlocks } from './decision.ts'
import { distributionBlocks } from './distributions.ts'
import { examinerBlocks } from './examiners.ts'
import { groupBlocks } from './groups.ts'
import { integrityBlocks } from './integrity.ts'
import { glossaryBlocks, methodBlocks } from './methods.ts'
import { otherMethodsBlocks } from './other-methods.ts'
import { patientBlocks } from './patients.ts'
import { raschBlocks } from './rasch.ts'
import type { RaschNames } from './rasch-words.ts'
import { reliabilityBlocks } from './reliability.ts'
import type { Reported } from './reported.ts'
import { stationPages } from './station-pages.ts'
import { hangsOnBlocks } from './what-it-hangs-on.ts'

/** `examinerName` is what an examiner is called on this paper. */
export type CohortOptions = DocumentOptions & Naming & { examinerName: (examiner: string) => string }

/**
 * The exam as a document that a committee can sign: the decision first, then what is missing, what the scores look like,
 * how far each figure can be believed, the candidates, and how it is all made. Without names people stand by their numbers
 * and pseudonyms alone.
 */
export function cohortReport(reported: Reported, options: CohortOptions): Uint8Array {
  const { cohort, measures, reliability, examiners, patients, groups } = reported
  const { exam, stations } = cohort
  const stationName = (id: string) => nameOf(stations, id)
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
    ...decisionBlocks(reported, options),
  )
  for (const page of [
    hangsOnBlocks(reported, options.examinerName),
    [
      ...completenessBlocks(cohort),
      ...stationTable(cohort),
      ...cutTable(measures),
      ...otherMethodsBlocks(reported),
      ...distributionBlocks(reported),
    ],
    ...stationPages(measures),
    [
      ...reliabilityBlocks(reliability),
      ...examinerBlocks(examiners, measures, options.examinerName),
      ...raschBlocks(examiners.rasch, raschNames(reported, options)),
    ],
    [...patientBlocks(patients, cohort, stationName), ...cueBlocks(patients, stationName)],
    [
      ...groupBlocks(groups, new Map(stations.map(({ id, number }) => [id, number]))),
      ...candidateTable(cohort, options),
      ...attentionTables(cohort, options),
      ...methodBlocks(cohort),
      ...glossaryBlocks(),
      ...integrityBlocks(cohort, options),
    ],
  ]) {
    report.newPage()
    report.add(...page)
  }
  return report.finish()
}

/** Stations may have rubrics of several scales: a grade that they call differently is called by its place alone. */
function raschNames({ cohort, measures }: Reported, { examinerName }: CohortOptions): RaschNames {
  const numbers = new Map<string, string>(cohort.candidates.map(({ candidate }) => [candidate.id, candidate.number]))
  const grades = gradeNames(measures.stations)
  return {
    candidate: (id) => numbers.get(id) ?? '',
    station: (id) => nameOf(cohort.stations, id),
    examiner: examinerName,
    grade: (category) => grades[category - 1] ?? `grade ${category}`,
  }
}

const nameOf = (stations: readonly Station[], id: string): string => {
  const station = stations.find((entry) => entry.id === id)
  return station ? `${station.number}  ${station.title}` : ''
}

function stationTable({ standard, stations, perStation }: CohortResult): Block[] {
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
      dense,
    ),
    paragraph(
      `Passed: scores that reach ${standard.stations.length === 0 ? `the mark in force at every station, ${mark(standard.cut)}` : 'the station’s own cut in force, as the first page has it'}.`,
      smallPrint,
    ),
  ]
}
