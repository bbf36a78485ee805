import { AttuneError } from '#shared/contract/result.ts'
import type { ExamPackage } from '#shared/domain/exam-package.ts'
import type { StationId } from '#shared/domain/ids.ts'
import { sameRubric, type Rubric } from '#shared/domain/rubric.ts'
import type { Store } from '#electron/store/store.ts'
import { lettersToCompare } from './package-letters.ts'

/**
 * The rubrics of a package that are not here, or stand here in other words: the same id and version is no proof of the
 * same words, and nobody may be rated with others than the exam's. Throws 'package-rubric-differs' where the words here
 * are somebody else's too or have been rated with, and where a station that was rated would get another rubric.
 */
export function rubricsToWrite(store: Store, given: ExamPackage): { added: Rubric[]; changed: Rubric[] } {
  const added = given.rubrics.filter((rubric) => !store.rubrics.get(rubric))
  const changed = given.rubrics.filter((rubric) => {
    const checksum = store.rubrics.get(rubric)?.rubric.checksum
    return checksum !== undefined && checksum !== rubric.checksum
  })
  for (const { id, rubric } of given.stations) {
    const known = store.stations.get(id)?.rubric
    if (known && !sameRubric(known, rubric) && wasRated(store, given, id)) {
      throw new AttuneError('package-rubric-differs', { title: store.rubrics.get(known)?.rubric.title ?? known.id })
    }
  }
  for (const rubric of changed) {
    if (!isOfExamAlone(store, given, rubric)) throw new AttuneError('package-rubric-differs', { title: rubric.title })
  }
  return { added, changed }
}

const wasRated = (store: Store, { exam }: ExamPackage, stationId: StationId): boolean =>
  store.encounters.ofExam(exam.id).some((slot) => slot.stationId === stationId && store.encounters.hasEvents(slot.id))

/** Only then may its words become others, as the director may still change them until somebody is rated. */
function isOfExamAlone(store: Store, { exam }: ExamPackage, rubric: Rubric): boolean {
  const known = store.rubrics.get(rubric)
  const own = store.stations.ofExam(exam.id).filter((station) => sameRubric(station.rubric, rubric)).length
  const isOwn = own > 0 && own === store.rubrics.stationsUsing(rubric)
  // Nobody can say yet whose package this is; what it changed could not be taken back with it.
  const isBelieved = lettersToCompare(store, exam.id) === null
  return isOwn && isBelieved && known?.shipped === false && !known.inUse
}
