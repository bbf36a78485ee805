import type { LedgerPayload } from '#shared/domain/audit.ts'
import type { CandidateId, EventId, ItemId, MomentId, PersonId, StationId } from '#shared/domain/ids.ts'
import type { Saying } from '#shared/domain/ledger-event.ts'
import { rubricItems, type Rubric } from '#shared/domain/rubric.ts'
import { markToPass } from '#shared/domain/standard.ts'
import { hasPhrase, phrase } from '#shared/locales/phrase.ts'
import { markAsDeclared } from '#shared/scoring/figures.ts'

/** An event, or what a correction says. */
export type Told = LedgerPayload | Saying

/** What an event is about, in the words that the reader may see. */
export type AuditSubject = {
  /** "candidate 1004 at station 3"; empty where it is about no encounter. */
  where: string
  rubric: Rubric | undefined
  /** What it replaces; of several things that stood against each other the first. */
  before: Told | null
  /** All that it replaces. */
  replaced: readonly Told[]
  nameOf(id: PersonId | EventId): string
  /** A name that stands in the event itself, from before names stood apart. */
  writtenName(name: string): string
  examTitle(id: string): string
  /** By number; after it was erased, by what stands for it. */
  candidate(id: CandidateId): string
  /** The number on a candidate's badge before and after the event, where it tells of one that the reader may see. */
  badges: readonly string[]
  /** The name that a laptop of these letters has here; empty: none. */
  laptop(code: string): string
  /** By the number on its door. */
  station(id: StationId): string
  mark(id: MomentId): { kind: string; type: string } | null
}

/** What was done, to stand behind the name of who did it; and the value before and after, where there is one. */
export type AuditWords = { did: string; was: string | null; is: string | null }

type Of<T extends Told['type']> = Extract<Told, { type: T }>
type Words = { [T in Told['type']]: (payload: Of<T>, subject: AuditSubject) => AuditWords }

/** Isolates what a person wrote: a name from right to left leaves the sentence around it as it is. */
export const isolated = (text: string): string => `\u2068${text}\u2069`
const quoted = (text: string): string => `“${isolated(text)}”`
const plain = (did: string): AuditWords => ({ did, was: null, is: null })

/** The words of each type of event; a type without words does not compile. */
const words: Words = {
  'identity.confirmed': (_, { where }) => plain(phrase('audit.did.confirmed', { where })),
  'identity.withdrawn': (_, { where }) => plain(phrase('audit.did.withdrew', { where })),
  'absence.declared': ({ reason }, { where }) => plain(phrase('audit.did.absent', { where, reason: quoted(reason) })),
  'absence.withdrawn': (_, { where }) => plain(phrase('audit.did.present', { where })),
  'clock.changed': ({ state }, { where }) => {
    const status = String(state['status'])
    const known = status === 'running' || status === 'paused' || status === 'finished' ? status : 'ready'
    return plain(phrase(`audit.did.clock.${known}`, { where }))
  },
  'rating.recorded': ({ itemId, value }, subject) => {
    const before = subject.before?.type === 'rating.recorded' ? subject.before.value : null
    return changed('rating', { ...subject, thing: itemTitle(itemId, subject) }, points(before), points(value))
  },
  'global-rating.recorded': ({ value }, subject) => {
    const labelOf = (id: string | null) =>
      id === null ? null : (subject.rubric?.globalRating.find((entry) => entry.id === id)?.label ?? id)
    const before = subject.before?.type === 'global-rating.recorded' ? subject.before.value : null
    return changed('rating', { ...subject, thing: phrase('audit.globalRating') }, labelOf(before), labelOf(value))
  },
  'note.recorded': ({ itemId, text }, subject) => {
    const before = subject.before?.type === 'note.recorded' ? subject.before.text : ''
    const thing = itemId === null ? phrase('audit.wholeEncounter') : itemTitle(itemId, subject)
    return changed('note', { ...subject, thing }, written(before), written(text))
  },
  'mark.made': ({ kind, markType }, subject) =>
    plain(
      phrase(`audit.did.mark.${kind}`, { where: subject.where, mark: markLabel({ kind, type: markType }, subject) }),
    ),
  'mark.added': ({ kind, markType, quote }, subject) =>
    plain(
      phrase('audit.did.added', {
        where: subject.where,
        mark: markLabel({ kind, type: markType }, subject),
        quote: quote === '' ? '' : quoted(quote),
      }),
    ),
  'mark.annotated': ({ markId, cue, quote }, subject) => {
    const said = { where: subject.where, mark: markOf(markId, subject) }
    const more = { cue: cue === null ? '' : cue + 1, quote: quote === '' ? '' : quoted(quote) }
    return plain(phrase('audit.did.annotated', { ...said, ...more }))
  },
  'mark.undone': ({ markId }, subject) =>
    plain(phrase('audit.did.undone', { where: subject.where, mark: markOf(markId, subject) })),
  'red-flag.reviewed': ({ markId, review }, subject) => {
    const { decision, reason, reviewerId, reviewer } = review
    const signer = reviewerId ? subject.nameOf(reviewerId) : subject.writtenName(reviewer ?? '')
    return plain(
      phrase(`audit.did.flag.${decision}`, {
        where: subject.where,
        mark: markOf(markId, subject),
        reason: quoted(reason),
        reviewer: signer,
      }),
    )
  },
  'incident.recorded': ({ kind, text }, { where }) =>
    plain(phrase('audit.did.incident', { where, kind: phrase(`audit.incident.${kind}`), text: quoted(text) })),
  'encounter.submitted': ({ missing }, { where }) =>
    plain(phrase('audit.did.submitted', { where, missing: missing.length === 0 ? '' : missing.length })),
  'sp-answer.recorded': ({ statement, value }, subject) => {
    const before = subject.before?.type === 'sp-answer.recorded' ? subject.before.value : null
    const thing = `“${phrase(`sp.statements.${statement}`)}”`
    return changed('answer', { ...subject, thing }, points(before), points(value))
  },
  'sp-comment.recorded': ({ text }, subject) => {
    const before = subject.before?.type === 'sp-comment.recorded' ? subject.before.text : ''
    return changed('note', { ...subject, thing: phrase('audit.spForm') }, written(before), written(text))
  },
  'sp-form.submitted': (_, { where }) => plain(phrase('audit.did.spSubmitted', { where })),
  'exam.status-changed': ({ status }) => plain(phrase(`audit.did.exam.${status}`)),
  'mark.amended': ({ cause, says, saidBy, reason, secondId }, subject) => {
    // Of several values that stood against each other none was changed into the one that stands.
    const said = auditWords(says, cause === 'conflict' ? { ...subject, before: null } : subject)
    const values = subject.replaced.flatMap((payload) => auditWords(payload, { ...subject, before: null }).is ?? [])
    const more = { reason: quoted(reason), second: secondId === null ? '' : subject.nameOf(secondId) }
    // A review tells its own reason and who signed it.
    const isReview = cause === 'correction' && says.type === 'red-flag.reviewed'
    const by = saidBy === null ? '' : subject.nameOf(saidBy)
    const was = cause === 'conflict' && values.length > 0 ? values.join(' / ') : said.was
    return {
      is: said.is,
      was,
      did: phrase(`audit.did.amended.${isReview ? 'review' : cause}`, { did: said.did, by, was: was ?? '', ...more }),
    }
  },
  'candidate.erased': ({ candidateId }, { candidate }) =>
    plain(phrase('audit.did.erased', { candidate: candidate(candidateId) })),
  'exam.names-erased': () => plain(phrase('audit.did.erasedAll')),
  'backup.restored': ({ backup, missing, goneOn = [] }) =>
    plain(
      phrase(`audit.did.restored.${backup === null ? 'undone' : 'backup'}`, {
        backup: backup ?? '',
        missing: missing ?? '',
        exams: goneOn.length > 0 ? goneOn.length : '',
      }),
    ),
  'package.exported': ({ examId }, { examTitle }) =>
    plain(phrase('audit.did.packageExported', { exam: quoted(examTitle(examId)) })),
  'package.imported': ({ examId, signer = '' }, { examTitle }) =>
    plain(phrase('audit.did.packageImported', { exam: quoted(examTitle(examId)), signer })),
  'package.compared': ({ examId, signer, same }, { examTitle }) =>
    plain(phrase(`audit.did.packageCompared.${same ? 'same' : 'other'}`, { exam: quoted(examTitle(examId)), signer })),
  'package.refused': ({ problem }) => plain(phrase('audit.did.packageRefused', { problem: problemWords(problem) })),
  'laptop.trusted': ({ code }, { laptop }) => plain(phrase('audit.did.laptop.trusted', { code, laptop: laptop(code) })),
  'laptop.renamed': ({ code }, { laptop }) => plain(phrase('audit.did.laptop.renamed', { code, laptop: laptop(code) })),
  'laptop.released': ({ code }) => plain(phrase('audit.did.laptop.released', { code })),
  'names.exported': ({ examId, what, form, candidateId }, { examTitle, candidate }) => {
    const about = candidateId === undefined ? '' : candidate(candidateId)
    const exam = examId === null ? '' : quoted(examTitle(examId))
    return plain(phrase(`audit.did.namesExported.${what}`, { form: form.toUpperCase(), exam, candidate: about }))
  },
  'retention.set': ({ examId, date }, { examTitle }) =>
    plain(
      phrase(`audit.did.retention.${date === null ? 'none' : 'date'}`, {
        exam: quoted(examTitle(examId)),
        date: date ?? '',
      }),
    ),
  'second-folder.changed': ({ set }) => plain(phrase(`audit.did.secondFolder.${set ? 'set' : 'gone'}`)),
  'data.encrypted': () => plain(phrase('audit.did.data.encrypted')),
  'data.decrypted': () => plain(phrase('audit.did.data.decrypted')),
  'data.passphrase-changed': () => plain(phrase('audit.did.data.passphraseChanged')),
  'bundle.exported': ({ examId, events }, { examTitle }) =>
    plain(phrase('audit.did.bundleExported', { exam: quoted(examTitle(examId)), events })),
  'bundle.imported': ({ examId, added, known }, { examTitle }) =>
    plain(phrase('audit.did.bundleImported', { exam: quoted(examTitle(examId)), added, known })),
  'bundle.refused': ({ problem, code = '' }, { laptop }) => {
    const signer = { code, laptop: code === '' ? '' : laptop(code) }
    return plain(phrase('audit.did.bundleRefused', { problem: problemWords(problem), ...signer }))
  },
  'standard.decided': ({ standard, reason }) =>
    plain(
      phrase('audit.did.standard', {
        mark: markAsDeclared('en', markToPass(standard)),
        method: phrase(`audit.standard.${standard.method}`),
        reason: quoted(reason),
      }),
    ),
  'exam.stated': ({ signed }, { examTitle }) =>
    plain(
      phrase('audit.did.stated', {
        exam: quoted(examTitle(signed.statement.examId)),
        code: signed.statement.code,
      }),
    ),
  'statement.received': ({ signed }, { examTitle }) =>
    plain(
      phrase('audit.did.statementReceived', {
        exam: quoted(examTitle(signed.statement.examId)),
        code: signed.statement.code,
      }),
    ),
  'session.began': () => plain(phrase('audit.did.signedIn')),
  'session.ended': () => plain(phrase('audit.did.signedOut')),
  'session.locked': ({ cause }) => plain(phrase(`audit.did.locked.${cause}`)),
  'sign-in.refused': ({ with: secret, personId, waitSeconds }, { nameOf }) => {
    const who = secret === 'recovery-key' ? 'recoveryKey' : personId === null ? 'nobody' : 'pin'
    const wait = waitSeconds === 0 ? '' : waitSeconds
    return plain(phrase(`audit.did.refused.${who}`, { person: personId === null ? '' : nameOf(personId), wait }))
  },
  'sign-ins.unrecorded': ({ count }) => plain(phrase('audit.did.unrecorded', { count })),
  'pin.set': ({ personId, cause }, { nameOf }) => plain(phrase(`audit.did.pin.${cause}`, { person: nameOf(personId) })),
  'recovery-key.made': () => plain(phrase('audit.did.recoveryKey')),
  'director.added': ({ personId }, { nameOf }) =>
    plain(phrase('audit.did.director.added', { person: nameOf(personId) })),
  'director.renamed': ({ personId }, { nameOf }) =>
    plain(phrase('audit.did.director.renamed', { person: nameOf(personId) })),
  'director.removed': ({ personId }, { nameOf }) =>
    plain(phrase('audit.did.director.removed', { person: nameOf(personId) })),
  'set-up.candidate': ({ candidateId, what, ...percents }, { candidate, badges: [before, after = null] }) => {
    const { was, is } = what === 'number' ? { was: before ?? null, is: after } : texts(percents)
    const who = what === 'removed' ? (before ?? candidate(candidateId)) : candidate(candidateId)
    return { was, is, did: phrase(`audit.did.setUp.candidate.${what}`, { candidate: who, ...shown({ was, is }) }) }
  },
  'set-up.person': ({ personId, what, role }, { nameOf }) =>
    plain(
      phrase(`audit.did.setUp.person.${what}`, {
        person: nameOf(personId),
        role: phrase(`audit.did.setUp.as.${role}`),
      }),
    ),
  'set-up.station': ({ stationId, what, ...numbers }, { station }) => {
    const { was, is } = texts(numbers)
    return {
      was,
      is,
      did: phrase(`audit.did.setUp.station.${what}`, { station: station(stationId), ...shown({ was, is }) }),
    }
  },
  'set-up.exam': ({ what, ...numbers }) => {
    const { was, is } = texts(numbers)
    return { was, is, did: phrase(`audit.did.setUp.exam.${what}`, shown({ was, is })) }
  },
  'exam.removed': () => plain(phrase('audit.did.examRemoved')),
}

export const auditWords = (payload: Told, subject: AuditSubject): AuditWords =>
  (words[payload.type] as (payload: Told, subject: AuditSubject) => AuditWords)(payload, subject)

type Thing = AuditSubject & { thing: string }

function changed(what: 'rating' | 'note' | 'answer', { where, thing }: Thing, was: string | null, is: string | null) {
  const how = is === null ? 'takenBack' : was === null ? 'first' : 'changed'
  return { did: phrase(`audit.did.${what}.${how}`, { where, thing, was: was ?? '', is: is ?? '' }), was, is }
}

type Numbers = { was: number | null; is: number | null }
const texts = ({ was, is }: Numbers) => ({
  was: was === null ? null : String(was),
  is: is === null ? null : String(is),
})
const shown = ({ was, is }: { was: string | null; is: string | null }) => ({ was: was ?? '', is: is ?? '' })

const points = (value: number | string | null): string | null =>
  value === null ? null : typeof value === 'number' ? String(value) : phrase(`audit.value.${value}`)

const written = (text: string): string | null => (text === '' ? null : quoted(text))

const itemTitle = (id: ItemId, { rubric }: AuditSubject): string =>
  (rubric && rubricItems(rubric).find((item) => item.id === id)?.title) ?? id

function markLabel({ kind, type }: { kind: string; type: string }, { rubric }: AuditSubject): string {
  const list = { moment: rubric?.moments, 'look-alike': rubric?.lookAlikes, 'red-flag': rubric?.redFlags }[kind]
  return `“${list?.find(({ id }) => id === type)?.label ?? type}”`
}

function markOf(id: MomentId, subject: AuditSubject): string {
  const mark = subject.mark(id)
  return mark ? markLabel(mark, subject) : phrase('audit.gone')
}

/** What happened, as the screen said it. */
const problemWords = (code: string): string => {
  const key = `errors.${code}.what`
  return hasPhrase(key) ? phrase(key) : code
}
