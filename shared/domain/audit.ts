import { z } from 'zod'
import type { LedgerEvent } from './ledger-event.ts'

/** What kind of thing somebody did, for the filter of the audit view. */
export const auditKindSchema = z.enum([
  'marks',
  'moments',
  'notes',
  'red-flags',
  'corrections',
  'presence',
  'clock',
  'submissions',
  'incidents',
  'sp-forms',
  'names',
  'backups',
  'laptops',
  'exports',
  'sign-ins',
  'accounts',
  'exam',
  'set-up',
])
export type AuditKind = z.infer<typeof auditKindSchema>

export type LedgerPayload = LedgerEvent['payload']
export type PayloadType = LedgerPayload['type']

/** A type of event without a kind does not compile. */
export const auditKindOf: Readonly<Record<PayloadType, AuditKind>> = {
  'identity.confirmed': 'presence',
  'identity.withdrawn': 'presence',
  'absence.declared': 'presence',
  'absence.withdrawn': 'presence',
  'clock.changed': 'clock',
  'rating.recorded': 'marks',
  'global-rating.recorded': 'marks',
  'note.recorded': 'notes',
  'mark.made': 'moments',
  'mark.annotated': 'moments',
  'mark.undone': 'moments',
  'red-flag.reviewed': 'red-flags',
  'incident.recorded': 'incidents',
  'encounter.submitted': 'submissions',
  'sp-answer.recorded': 'sp-forms',
  'sp-comment.recorded': 'sp-forms',
  'sp-form.submitted': 'sp-forms',
  'exam.status-changed': 'exam',
  'exam.stated': 'exam',
  'standard.decided': 'exam',
  'mark.amended': 'corrections',
  'candidate.erased': 'names',
  'exam.names-erased': 'names',
  'backup.restored': 'backups',
  'package.exported': 'laptops',
  'package.imported': 'laptops',
  'bundle.exported': 'laptops',
  'bundle.imported': 'laptops',
  'bundle.refused': 'laptops',
  'statement.received': 'laptops',
  'package.refused': 'laptops',
  'package.compared': 'laptops',
  'laptop.trusted': 'laptops',
  'laptop.renamed': 'laptops',
  'laptop.released': 'laptops',
  'names.exported': 'exports',
  'retention.set': 'names',
  'second-folder.changed': 'backups',
  'data.encrypted': 'backups',
  'data.decrypted': 'backups',
  'data.passphrase-changed': 'backups',
  'session.began': 'sign-ins',
  'session.ended': 'sign-ins',
  'session.locked': 'sign-ins',
  'sign-in.refused': 'sign-ins',
  'sign-ins.unrecorded': 'sign-ins',
  'pin.set': 'accounts',
  'recovery-key.made': 'accounts',
  'director.added': 'accounts',
  'director.renamed': 'accounts',
  'director.removed': 'accounts',
  'set-up.candidate': 'set-up',
  'set-up.person': 'set-up',
  'set-up.station': 'set-up',
  'set-up.exam': 'set-up',
  'exam.removed': 'exam',
}

const types = Object.keys(auditKindOf) as PayloadType[]

/** The types of events of a kind. */
export const typesOfKind = (kind: AuditKind): PayloadType[] => types.filter((type) => auditKindOf[type] === kind)
