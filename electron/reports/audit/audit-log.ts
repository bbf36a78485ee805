import { AttuneError } from '#shared/contract/result.ts'
import type { AuditEntry, AuditFilter, AuditPage } from '#shared/contract/parts/audit.ts'
import { auditKindOf, typesOfKind, type LedgerPayload } from '#shared/domain/audit.ts'
import { parseStamp } from '#shared/domain/hybrid-clock.ts'
import type { CandidateId } from '#shared/domain/ids.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import { rubricKey } from '#shared/domain/rubric.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { pseudonym } from '#electron/base/pseudonym.ts'
import { toCsv } from '#electron/files/csv.ts'
import { NAMELESS } from '#shared/domain/exam.ts'
import type { AuditRow, AuditWhich } from '#electron/store/repositories/audit.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'
import type { Repositories } from '#electron/store/store.ts'
import type { Naming } from '../pseudonymised.ts'
import { auditWords, isolated, type AuditSubject, type Told } from './audit-words.ts'

/** Entries of one page of the audit view. */
const PAGE = 50

/** One page of what was done, newest first, in words. `before`: the stamp of the last entry of the page before. */
export function auditPage(store: Repositories, filter: AuditFilter, before: string | null): AuditPage {
  const tell = tellerOf(store, filter, { names: true })
  const matches = matcher(filter.text)
  const entries: AuditEntry[] = []
  let older: string | null = null
  for (const row of store.audit.newestFirst(whichOf(filter), before)) {
    const entry = tell(row)
    if (!matches(entry)) continue
    if (entries.length === PAGE) {
      older = entries.at(-1)?.stamp ?? null
      break
    }
    entries.push(entry)
  }
  // With a search, the whole would have to be put into words to be counted.
  const total = filter.text.trim() === '' ? store.audit.count(whichOf(filter)) : null
  return { entries, older, total }
}

/** One event in words, whatever it is about; null where there is none, or it does not read as one any more. */
export function auditSentence(store: Repositories, id: AuditRow['event']['id']): string | null {
  try {
    const row = store.audit.event(id)
    if (!row) return null
    const { person, role, did } = tellerOf(store, { examId: row.event.examId }, { names: true })(row)
    return `${person === null ? phrase(`audit.role.${role}`) : isolated(person)} ${did}`
  } catch {
    // It was changed into something that no version of the app has written.
    return null
  }
}

const columns = [
  'when',
  'device',
  'number on device',
  'who',
  'role',
  'kind',
  'candidate',
  'station',
  'what',
  'was',
  'is',
  'event',
  'hash',
] as const

/** Every entry that the filter lets through, oldest first, as a table. Without names people stand by pseudonyms. */
export function auditCsv(store: Repositories, filter: AuditFilter, naming: Naming): string {
  const tell = tellerOf(store, filter, naming)
  const matches = matcher(filter.text)
  const rows = [...store.audit.newestFirst(whichOf(filter), null)]
    .reverse()
    .map((row) => ({ entry: tell(row), row }))
    .filter(({ entry }) => matches(entry))
  return toCsv(
    columns,
    rows.map(({ entry, row }) =>
      [
        entry.at,
        entry.device,
        entry.seq,
        entry.person,
        entry.role,
        entry.kind,
        entry.candidate,
        entry.station,
        entry.did,
        entry.was,
        entry.is,
        entry.id,
        row.hash,
      ].map((value) => (typeof value === 'string' ? value.replaceAll(/[\u2068\u2069]/g, '') : value)),
    ),
  )
}

function whichOf(filter: AuditFilter): AuditWhich {
  const { examId, personId, candidateId, stationId, device, kind, from, to } = filter
  return {
    examId,
    personId,
    candidateId,
    stationId,
    device,
    types: kind === null ? null : typesOfKind(kind),
    fromMs: from === null ? null : Date.parse(from),
    toMs: to === null ? null : Date.parse(to),
  }
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en')

function matcher(text: string): (entry: AuditEntry) => boolean {
  const wanted = folded(text).split(/\s+/u).filter(Boolean)
  if (wanted.length === 0) return () => true
  return ({ person, did }) => {
    const said = folded(`${person ?? ''} ${did}`).replaceAll(/[\u2068\u2069]/g, '')
    return wanted.every((word) => said.includes(word))
  }
}

/** Puts rows into words. What the ids of the exam stand for is read once. */
function tellerOf(
  store: Repositories,
  { examId }: Pick<AuditFilter, 'examId'>,
  { names }: Naming,
): (row: AuditRow) => AuditEntry {
  if (examId !== null && !store.exams.get(examId)) throw new AttuneError('unknown-exam')
  const { audit } = store
  const stations = new Map(examId === null ? [] : store.stations.ofExam(examId).map((entry) => [entry.id, entry]))
  const candidates = new Map(examId === null ? [] : store.candidates.ofExam(examId).map((entry) => [entry.id, entry]))
  const rubrics = new Map<string, Rubric | undefined>()
  const rubricAt = (row: AuditRow) => {
    const ref = row.stationId === null ? null : stations.get(row.stationId)?.rubric
    if (!ref) return undefined
    const key = rubricKey(ref)
    if (!rubrics.has(key)) rubrics.set(key, store.rubrics.get(ref)?.rubric)
    return rubrics.get(key)
  }
  let laptops: ReadonlyMap<string, string> | null = null
  const laptopNames = () =>
    (laptops ??= new Map(store.keys.trusted().map(({ publicKey, name }) => [keyCode(publicKey), isolated(name)])))
  const nameOf = (id: Parameters<typeof audit.nameOf>[0], role: AuditEntry['role'] = 'examiner'): string =>
    names ? (audit.nameOf(id) ?? NAMELESS) : pseudonym(role === 'system' ? 'director' : role, id)

  const numberOf = (id: CandidateId): string | null => {
    const candidate = candidates.get(id)
    return candidate ? (names ? candidate.number : pseudonym('candidate', id)) : null
  }

  /** What is told with the installation may be about any exam. */
  const numberElsewhere = (id: CandidateId): string | null =>
    names ? (store.candidates.get(id)?.number ?? null) : pseudonym('candidate', id)

  return (row) => {
    const { event, candidateId, stationId } = row
    const number = candidateId === null ? null : numberOf(candidateId)
    const station = stationId === null ? null : (stations.get(stationId)?.number ?? null)
    const replaced = event.supersedes.flatMap((id) => spoken(audit.event(id)?.event.payload ?? null) ?? [])
    const subject: AuditSubject = {
      where:
        event.encounterId === null
          ? ''
          : phrase('audit.where', { candidate: number ?? NAMELESS, station: station ?? NAMELESS }),
      rubric: rubricAt(row),
      before: replaced[0] ?? null,
      replaced,
      nameOf: (id) => isolated(nameOf(id)),
      writtenName: (name) => (name === '' ? '' : isolated(names ? name : NAMELESS)),
      examTitle: (id) => store.exams.list().find((exam) => exam.id === id)?.title ?? NAMELESS,
      candidate: (id) => numberOf(id) ?? numberElsewhere(id) ?? NAMELESS,
      // A number on paper names somebody.
      badges: names && event.payload.type === 'set-up.candidate' ? audit.badges(event.id) : [],
      laptop: (code) => (names ? (laptopNames().get(code) ?? '') : ''),
      station: (id) => String(stations.get(id)?.number ?? NAMELESS),
      mark: audit.mark,
    }
    return {
      id: event.id,
      stamp: event.hlc,
      at: new Date(parseStamp(event.hlc).wallMs).toISOString(),
      device: event.device,
      seq: event.seq,
      person: event.raterId === null ? null : nameOf(event.raterId, event.role),
      role: event.role,
      kind: auditKindOf[event.payload.type],
      candidate: number,
      station,
      ...auditWords(event.payload, subject),
    }
  }
}

/** What a correction says stands in its event's place. */
const spoken = (payload: LedgerPayload | null): Told | null =>
  payload?.type === 'mark.amended' ? payload.says : payload
