import { AttuneError } from '#shared/contract/result.ts'
import { canonicalJson } from '#shared/domain/canonical-json.ts'
import { cleanLine } from '#shared/domain/clean-line.ts'
import { stationSchema, type Station, type StationFields } from '#shared/domain/exam.ts'
import { stationIdSchema, type ExamId, type StationId } from '#shared/domain/ids.ts'
import { sameRubric, type RubricRef } from '#shared/domain/rubric.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import { isOut } from '#electron/services/laptops/exam-home.ts'
import type { Store } from '#electron/store/store.ts'
import {
  changeExam,
  checked,
  merged,
  mustKnowRubric,
  openExam,
  refuseMarked,
  refuseOut,
  type SetUpParts,
} from './set-up.ts'

const MAX_STATIONS = 60

/**
 * The stations of an exam. Once marks exist their texts may still change until the exam is closed, but not what those
 * marks stand on. The same goes once a package is out, because other laptops may have such marks.
 */
export function createStationHandlers(parts: SetUpParts): HandlersOf<'station'> {
  const { store, ids } = parts
  return {
    'station.add': ({ examId, fields }, { session }) =>
      changeExam(parts, { examId, session }, () => {
        openExam(store, examId)
        refuseMarked(store, examId)
        const number = store.stations.ofExam(examId).length + 1
        if (number > MAX_STATIONS) {
          throw new AttuneError('too-many-stations', { max: MAX_STATIONS })
        }
        const id = stationIdSchema.parse(ids())
        const station = tidy({ ...merged(defaults(store, examId, number), fields), id, examId, number })
        mustKnowRubric(store, station.rubric)
        store.stations.put(station)
        return station
      }),
    'station.update': ({ stationId, fields }, { session }) => {
      const before = stationOf(store, stationId)
      const { examId } = before
      return changeExam(parts, { examId, session }, () => {
        openExam(store, examId)
        const station = tidy(merged(before, fields))
        mustKnowRubric(store, station.rubric)
        if (namesDomains(before) !== namesDomains(station)) mustKnowDomains(store, station)
        if (standsOn(before) !== standsOn(station)) refuseMarked(store, examId)
        if (!fitsWhatFits(before, station) && isMet(store, before) && isOut(store, examId)) {
          throw new AttuneError('station-is-out')
        }
        store.stations.put(station)
        return station
      })
    },
    'station.move': ({ stationId, toNumber }, { session }) => {
      const station = stationOf(store, stationId)
      const { examId } = station
      return changeExam(parts, { examId, session }, () => {
        openExam(store, examId)
        refuseMarked(store, examId)
        const others = store.stations.ofExam(examId).filter(({ id }) => id !== stationId)
        return renumber(store, others.toSpliced(toNumber - 1, 0, station))
      })
    },
    'station.remove': ({ stationId }, { session }) => {
      const station = stationOf(store, stationId)
      const { examId } = station
      return changeExam(parts, { examId, session }, () => {
        openExam(store, examId)
        // One that came too late for the rotation can go at any time: until then it lacks in everybody's results.
        if (isMet(store, station)) {
          refuseMarked(store, examId)
          refuseOut(store, examId)
        }
        if (!store.exams.hasMarks(examId) && !isOut(store, examId)) {
          // Every round of the rotation has a slot here, so the rotation goes as well.
          store.encounters.replaceAll(examId, [])
          store.exams.setRotationBasis(examId, null)
        }
        store.stations.remove(stationId)
        renumber(store, store.stations.ofExam(examId))
        return {}
      })
    },
  }
}

/** Checked, with the parts that fit together: nobody is rated at a rest station. Throws 'bad-input'. */
export function tidy(station: Station): Station {
  return checked(stationSchema, {
    ...station,
    title: cleanLine(station.title),
    rubric: station.kind === 'rest' ? null : station.rubric,
  })
}

function stationOf(store: Store, id: StationId): Station {
  const station = store.stations.get(id)
  if (!station) throw new AttuneError('not-found', { kind: 'station' })
  return station
}

const namesDomains = ({ rubric, cues }: StationFields): string =>
  canonicalJson({ rubric, domains: cues.map(({ domain }) => domain ?? null) })

/**
 * Throws 'cue-domain-unknown'. Without a rubric there is nothing to hold a domain against. A station that is brought back
 * or comes from a file may have such a cue, since its rubric was edited: it counts for no domain, and its editor says so.
 */
function mustKnowDomains(store: Store, { rubric: ref, cues }: StationFields): void {
  const rubric = ref && store.rubrics.get(ref)?.rubric
  if (!rubric) return
  const known = new Set(rubric.domains.map(({ id }) => id))
  if (cues.some(({ domain }) => domain !== undefined && !known.has(domain))) {
    throw new AttuneError('cue-domain-unknown')
  }
}

/** What recorded encounters and the rotation depend on; moments name their cue by its number. */
const standsOn = ({ kind, circuit, rubric, cues }: StationFields): string =>
  canonicalJson({ kind, circuit, rubric, cues: cues.length })

/** Whether a bundle that the station fitted before still fits: its marks name rubric and cues, and a rest has none. */
const fitsWhatFits = (before: StationFields, after: StationFields): boolean =>
  before.kind === after.kind &&
  (before.rubric === null || sameRubric(before.rubric, after.rubric)) &&
  after.cues.length >= before.cues.length

const isMet = (store: Store, { id, examId }: Station): boolean =>
  store.encounters.ofExam(examId).some(({ stationId }) => stationId === id)

function renumber(store: Store, stations: readonly Station[]): Station[] {
  return stations.map((station, i) => {
    const numbered = { ...station, number: i + 1 }
    if (station.number !== numbered.number) store.stations.put(numbered)
    return numbered
  })
}

function defaults(store: Store, examId: ExamId, number: number): StationFields {
  return {
    circuit: store.stations.ofExam(examId).at(-1)?.circuit ?? 1,
    kind: 'scored',
    title: `Station ${number}`,
    candidateTask: '',
    examinerBrief: '',
    script: '',
    spBrief: '',
    cues: [],
    structuralBarriers: [],
    rubric: usualRubric(store, examId),
    heavy: false,
  }
}

/** What the station before was rated with; for the first one the rubric that came with the app. */
function usualRubric(store: Store, examId: ExamId): RubricRef | null {
  const before = store.stations.ofExam(examId).findLast(({ rubric }) => rubric !== null)?.rubric
  if (before) return before
  const shipped = store.rubrics.list().findLast((stored) => stored.shipped)?.rubric
  return shipped ? { id: shipped.id, version: shipped.version } : null
}
