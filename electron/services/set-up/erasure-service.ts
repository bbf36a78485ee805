import { AttuneError } from '#shared/contract/result.ts'
import { NAMELESS, type Exam } from '#shared/domain/exam.ts'
import type { Retention } from '#shared/contract/parts/privacy.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { DiskEncryption } from '#electron/files/disk-encryption.ts'
import type { Store } from '#electron/store/store.ts'
import type { Erasing } from './erasing.ts'
import { entryAbout, examOf, recordAbout, type SetUpParts } from './set-up.ts'

type Parts = SetUpParts & {
  erasing: Erasing
  /** The day it is here, ISO "YYYY-MM-DD". */
  today: () => string
  /** What the system says of the disk under the data folder. */
  disk: Promise<DiskEncryption>
  /** The service that copies the data folder away, by name. */
  syncedBy: string | null
}

/**
 * Takes names away for good. Identities go, and with them the numbers on badges; marks, the ledger and every figure stay.
 * The ledger keeps that it was done, by ids.
 */
export function createErasureHandlers(parts: Parts): HandlersOf<'privacy'> {
  const { store, events, ids, erasing, today } = parts
  return {
    'privacy.eraseCandidate': ({ candidateId }, { session }) => {
      const candidate = store.candidates.get(candidateId)
      if (!candidate) throw new AttuneError('unknown-candidate')
      const { examId } = candidate
      mustBeClosed(examOf(store, examId))
      // Asked again after the disk could not be cleared, it is cleared again.
      if (candidate.name !== NAMELESS) {
        recordAbout(parts, { examId, session, payload: { type: 'candidate.erased', candidateId } }, () => {
          erasing.candidate(candidateId)
        })
      }
      erasing.wipe()
      return {}
    },
    'privacy.eraseExam': ({ examId }, { session }) => {
      mustBeClosed(examOf(store, examId))
      if (store.erasure.namesOf(examId) > 0) {
        recordAbout(parts, { examId, session, payload: { type: 'exam.names-erased' } }, () => {
          erasing.exam(examId)
        })
      }
      erasing.wipe()
      return {}
    },
    'privacy.setRetention': ({ examId, eraseNamesOn }, { session }) => {
      examOf(store, examId)
      store.ledger.appendWith((append) => {
        if (store.erasure.eraseNamesOn(examId) === eraseNamesOn) return
        store.erasure.setEraseNamesOn(examId, eraseNamesOn)
        // With the installation: a date that is set after the exam was closed is nothing that came after its statement.
        append(entryAbout(ids, { examId: null, session }, { type: 'retention.set', examId, date: eraseNamesOn }))
      })
      events.publish('exam.changed', { examId })
      return {}
    },
    'privacy.disk': async () => ({ encryption: await parts.disk, syncedBy: parts.syncedBy }),
    'privacy.retention': () => store.exams.list().map((exam) => retentionOf(store, exam, today())),
  }
}

function retentionOf(store: Store, { id, title }: Exam, today: string): Retention {
  const eraseNamesOn = store.erasure.eraseNamesOn(id)
  const names = store.erasure.namesOf(id)
  return { examId: id, title, eraseNamesOn, names, due: eraseNamesOn !== null && eraseNamesOn <= today && names > 0 }
}

/** While it runs, names are on doors and screens: who is at the station must be told from who is not. */
function mustBeClosed(exam: Exam): void {
  if (exam.status !== 'closed') throw new AttuneError('names-in-use', { exam: exam.title })
}
