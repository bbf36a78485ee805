import type { ExamId } from '#shared/domain/ids.ts'
import type { StandardInForce } from '#shared/domain/standard.ts'
import { findingWords } from '#shared/measurement/analysis/finding-words.ts'
import { pseudonym } from '#electron/base/pseudonym.ts'
import type { Naming } from '#electron/reports/pseudonymised.ts'
import type { Repositories } from '#electron/store/store.ts'
import { analysisReadings } from '#electron/threads/analysis-readings.ts'
import { columns, figure, figureLines, short } from './figures.ts'
import { stationLines } from './station-lines.ts'

/** The analysis of an exam that was held here, part by part as the app shows it. */
function partsOf(store: Repositories, examId: ExamId, { names }: Naming, minimum?: number) {
  const exam = store.exams.get(examId)
  const { standard, decided, ...overview } = analysisReadings.overview(store, examId)
  // Numbers of candidates beside their ids would undo the pseudonyms.
  const { candidates: _, ...examiners } = analysisReadings.examiners(store, examId)
  const shown = (one: StandardInForce): StandardInForce =>
    names || one.decision === null ? one : { ...one, decision: { ...one.decision, by: { id: null, name: '' } } }
  return {
    exam: { id: examId, title: exam?.title ?? '', heldOn: exam?.heldOn ?? '' },
    overview: { ...overview, standard: shown(standard), decided: decided.map(shown) },
    stations: analysisReadings.stations(store, examId).stations,
    reliability: analysisReadings.reliability(store, examId),
    examiners,
    patients: analysisReadings.patients(store, examId),
    groups: analysisReadings.groups(store, examId, minimum),
  }
}

/** What stands for the people of an exam: pseudonyms, the same as in its tables, or what they are called. */
function peopleOf(store: Repositories, examId: ExamId, { names }: Naming) {
  const candidates = store.candidates
    .ofExam(examId)
    .map(({ id, number }) => [id, names ? number : pseudonym('candidate', id)] as const)
  const people = store.people.ofExam(examId).map(({ id, role, name }) => ({
    id,
    name,
    shown: names ? name : pseudonym(role, id),
  }))
  return {
    ids: new Map<unknown, string>([...candidates, ...people.map(({ id, shown }) => [id, shown] as const)]),
    names: new Map<unknown, string>(people.map(({ name, shown }) => [name, shown])),
  }
}

/** All figures as one JSON object; people by pseudonyms unless names are wanted, groups from the `minimum` size on. */
export function recordedJson(store: Repositories, examId: ExamId, naming: Naming, minimum?: number): string {
  const people = peopleOf(store, examId, naming)
  return JSON.stringify(partsOf(store, examId, naming, minimum), (key, value: unknown) =>
    key === 'name' ? (people.names.get(value) ?? value) : (people.ids.get(value) ?? value),
  )
}

/** What a person reads of it at the terminal. */
export function recordedLines(store: Repositories, examId: ExamId, naming: Naming): string[] {
  const { overview, stations, examiners, patients } = partsOf(store, examId, naming)
  const { ids } = peopleOf(store, examId, naming)
  const { pass, fail, incomplete, review } = overview.outcomes
  const shown = new Map<string, string>(
    stations.map(({ stationId, number, title }) => [stationId, `${number} ${title}`]),
  )
  return [
    ...figureLines({
      'cut by borderline regression': overview.cut,
      alpha: overview.reliability.alpha,
      'SEM of the mean': overview.reliability.sem,
      'Eρ²': overview.reliability.gStudy.erho2,
    }),
    `pass ${pass}, fail ${fail}, incomplete ${incomplete}, review ${review}`,
    '',
    ...overview.findings.map((finding) => {
      const station = shown.get(finding.stationId ?? '')
      return `- ${station === undefined ? '' : `${station}: `}${findingWords(finding, ids.get(finding.personId) ?? '')}`
    }),
    '',
    ...stationLines(stations.map((station) => ({ ...station, name: shown.get(station.stationId) ?? '' }))),
    '',
    ...columns(
      ['examiner', 'raw mean', 'stringency', 'mixed model'],
      examiners.examiners.map((one) => [
        ...[ids.get(one.personId) ?? '', short(one.rawMean), short(one.leastSquares), short(one.mixed)],
      ]),
    ),
    '',
    ...(patients.overall ? [figure('agreement of examiner and SP (CCC)', patients.overall.ccc)] : []),
    figure('examiner’s score and alliance (r)', patients.relations.alliance.encounters),
    figure('cues that met a response', patients.cues.all),
    ...patients.cues.domains.map(({ title, share }) => figure(`cues of ${title} that met a response`, share)),
  ]
}
