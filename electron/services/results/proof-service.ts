import type { Proof } from '#shared/contract/parts/audit.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { eventIdSchema, type ExamId } from '#shared/domain/ids.ts'
import { statementFile, statementText, type ClosingStatement } from '#shared/domain/proof.ts'
import type { Session } from '#shared/domain/session.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { FileShelf } from '#electron/files/file-shelf.ts'
import type { StorageMonitor } from '#electron/services/encounter/storage-monitor.ts'
import { raterOf } from '#electron/services/encounter/access.ts'
import { noteNames } from '#electron/services/set-up/set-up.ts'
import { ledgerCode } from '#electron/store/ledger-code.ts'
import { NAMELESS } from '#shared/domain/exam.ts'
import { statedOf } from '#electron/store/read-session.ts'
import type { LedgerEntry } from '#electron/store/ledger.ts'
import type { Store } from '#electron/store/store.ts'
import type { Reader } from '#electron/threads/reader.ts'

type Parts = {
  store: Store
  reader: Reader
  shelf: FileShelf
  monitor: Pick<StorageMonitor, 'walked'>
  events: Pick<EventHub, 'publish'>
  ids: () => string
  /** Of the software. */
  version: string
  wallNow: () => number
}

export type ProofService = {
  handlers: HandlersOf<'audit' | 'ledger'>
  /** The closing statement of an exam as it stands now, signed, to be written into the ledger. */
  statement(examId: ExamId, session: Session | null): LedgerEntry
}

/** What the ledger proves: who did what, whether that is whole, and what was stated of it. */
export function createProofService({
  store,
  reader,
  shelf,
  monitor,
  events,
  ids,
  version,
  wallNow,
}: Parts): ProofService {
  const examOf = (examId: ExamId) => {
    const exam = store.exams.get(examId)
    if (!exam) throw new AttuneError('unknown-exam')
    return exam
  }

  const statementOf = (examId: ExamId): ClosingStatement => {
    const { title, heldOn } = examOf(examId)
    const heads = store.proofs.chains(examId)
    const setUp = store.proofs.setUp(examId)
    return {
      format: 'attune-closing-statement',
      formatVersion: 1,
      examId,
      title,
      heldOn,
      statedAt: new Date(wallNow()).toISOString(),
      software: version,
      device: store.installation.device(),
      counts: store.proofs.counts(examId),
      heads: heads.map(({ device, seq, hash, events }) => ({ device, seq, hash, events })),
      ...(setUp && { setUp }),
      code: ledgerCode(heads) ?? '',
    }
  }

  const statement = (examId: ExamId, session: Session | null): LedgerEntry => {
    const says = statementOf(examId)
    const { installation } = store
    const signature = installation.sign(Buffer.from(statementText(says)))
    return {
      id: eventIdSchema.parse(ids()),
      // In the installation's own chain: whoever cuts the end of the exam's leaves what counts it.
      examId: null,
      encounterId: null,
      ...raterOf(session),
      offsetMs: null,
      payload: { type: 'exam.stated', signed: { statement: says, publicKey: installation.publicKey(), signature } },
    }
  }

  const proofOf = (examId: ExamId): Proof => {
    const { id } = examOf(examId)
    const chains = store.proofs.chains(id)
    return {
      code: ledgerCode(chains),
      events: chains.reduce((sum, chain) => sum + chain.events, 0),
      chains: chains.length,
      statement: statedOf(store, id, chains),
    }
  }

  return {
    statement,
    handlers: {
      'audit.list': (input) => reader.read('audit', input),
      'audit.choices': ({ examId }) => {
        if (examId !== null) examOf(examId)
        const { people, devices } = store.audit.writers(examId)
        const own = new Set(store.installation.devices())
        const byId = new Map(people.map((person) => [person.id, person]))
        return {
          people: [...byId.values()].map(({ id, role }) => ({ id, role, name: store.audit.nameOf(id) ?? NAMELESS })),
          candidates: examId === null ? [] : store.candidates.ofExam(examId).map(({ id, number }) => ({ id, number })),
          stations:
            examId === null
              ? []
              : store.stations
                  .ofExam(examId)
                  .filter(({ kind }) => kind === 'scored')
                  .map(({ id, number, title }) => ({ id, number, title })),
          devices: devices.map((writer) => ({ ...writer, own: own.has(writer.device) })),
        }
      },
      'audit.export': async ({ filter, names = false }, { session }) => {
        const file = await shelf.put({
          name: `audit${names ? '-with-names' : ''}.csv`,
          mime: 'text/csv',
          bytes: await reader.read('auditTable', { filter, names }),
        })
        if (names) noteNames({ store, ids }, session, { examId: filter.examId, what: 'audit', form: 'csv' })
        return file
      },
      'ledger.verify': async ({ code = null }) => {
        const check = await reader.read('verify', { code: code?.trim() === '' ? null : code })
        monitor.walked(check.broken)
        return check
      },
      'ledger.proof': ({ examId }) => proofOf(examId),
      'ledger.state': ({ examId }, { session }) => {
        if (examOf(examId).status !== 'closed') throw new AttuneError('exam-not-closed')
        store.ledger.append(statement(examId, session))
        events.publish('exam.changed', { examId })
        return proofOf(examId)
      },
      'ledger.statement': ({ examId }) => {
        const { heldOn } = examOf(examId)
        const signed = store.proofs.statement(examId)
        if (!signed) throw new AttuneError('not-found')
        return shelf.put({
          name: `closing-statement-${heldOn}.json`,
          mime: 'application/json',
          bytes: statementFile(signed),
        })
      },
    },
  }
}
