import { AttuneError } from '#shared/contract/result.ts'
import { NAMELESS, type Exam } from '#shared/domain/exam.ts'
import type { CandidateId, ExamId } from '#shared/domain/ids.ts'
import type { Retention } from '#shared/contract/parts/privacy.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { DiskEncryption } from '#electron/files/disk-encryption.ts'
import type { FileShelf } from '#electron/files/file-shelf.ts'
import type { Store } from '#electron/store/store.ts'
import { changeExam, examOf, recordAbout, type SetUpParts } from './set-up.ts'

type Parts = SetUpParts & {
  shelf: Pick<FileShelf, 'clear'>
  /** The day it is here, ISO "YYYY-MM-DD". */
  today: () => string
  /** What the system says of the disk under the data folder. */
  disk: Promise<DiskEncryption>
}

/**
 * Takes names away for good. Identities go, and with them the numbers on badges; marks, the ledger and every figure stay.
 * The ledger keeps that it was done, by ids.
 */
export function createErasureHandlers(parts: Parts): HandlersOf<'privacy'> {
  const { store, shelf, ids, today } = parts

  /** What was erased is in no file of the data folder: not in the database's log, nor on the shelf. */
  const wipe = () => {
    shelf.clear()
    store.wipe()
  }
  /** Drawn anew for each, so that neither it nor its order tells who it was. */
  const newNumber = () =>
    `X-${ids()
      .replaceAll(/[^A-Za-z\d]/g, '')
      .slice(-12)}`

  return {
    'privacy.eraseCandidate': ({ candidateId }, { session }) => {
      const candidate = store.candidates.get(candidateId)
      if (!candidate) throw new AttuneError('unknown-candidate')
      const { examId } = candidate
      mustBeClosed(examOf(store, examId))
      // Asked again after the disk could not be cleared, it is cleared again.
      if (candidate.name !== NAMELESS) {
        recordAbout(parts, { examId, session, payload: { type: 'candidate.erased', candidateId } }, () => {
          store.erasure.eraseCandidate(candidateId, newNumber())
        })
      }
      wipe()
      return {}
    },
    'privacy.eraseExam': ({ examId }, { session }) => {
      mustBeClosed(examOf(store, examId))
      if (store.erasure.namesOf(examId) > 0) {
        recordAbout(parts, { examId, session, payload: { type: 'exam.names-erased' } }, () => {
          for (const id of namedCandidates(store, examId)) store.erasure.eraseCandidate(id, newNumber())
          store.erasure.erasePeople(examId)
        })
      }
      wipe()
      return {}
    },
    'privacy.setRetention': ({ examId, eraseNamesOn }) => {
      examOf(store, examId)
      return changeExam(parts, examId, () => {
        store.erasure.setEraseNamesOn(examId, eraseNamesOn)
        return {}
      })
    },
    'privacy.disk': async () => ({ encryption: await parts.disk }),
    'privacy.retention': () => store.exams.list().map((exam) => retentionOf(store, exam, today())),
  }
}

function retentionOf(store: Store, { id, title }: Exam, today: string): Retention {
  const eraseNamesOn = store.erasure.eraseNamesOn(id)
  const names = store.erasure.namesOf(id)
  return { examId: id, title, eraseNamesOn, names, due: eraseNamesOn !== null && eraseNamesOn <= today && names > 0 }
}

const namedCandidates = (store: Store, examId: ExamId): CandidateId[] =>
  store.candidates.ofExam(examId).flatMap(({ id, name }) => (name === NAMELESS ? [] : [id]))

/** While it runs, names are on doors and screens: who is at the station must be told from who is not. */
function mustBeClosed(exam: Exam): void {
  if (exam.status !== 'closed') throw new AttuneError('names-in-use', { exam: exam.title })
}
