import fc from 'fast-check'
import { momentIdSchema, type EncounterId } from '#shared/domain/ids.ts'
import type { EncounterPayload } from '#shared/domain/ledger-event.ts'
import { formOf } from '#shared/domain/sayings.ts'
import { createEncounterRepository } from '#electron/store/repositories/encounters.ts'
import { anyEncounterPayload } from './encounter-payloads.ts'
import { historiesOf, type Laptop, type Rules } from './histories.ts'

const always = (payload: EncounterPayload) => fc.constant(payload)

/** Histories in which encounters are confirmed and submitted often. */
export const examDays = historiesOf(
  fc.oneof(
    { weight: 4, arbitrary: always({ type: 'identity.confirmed' }) },
    { weight: 2, arbitrary: always({ type: 'encounter.submitted', missing: [] }) },
    { weight: 1, arbitrary: always({ type: 'sp-form.submitted' }) },
    { weight: 8, arbitrary: anyEncounterPayload },
  ),
  { minLength: 30, maxLength: 50 },
)

type State = { status: string; confirmation: string | null; sp_status: string }

const stateOf = ({ db }: Laptop, encounterId: EncounterId): State =>
  db
    .prepare<[string], State>('SELECT status, confirmation, sp_status FROM encounter_state WHERE encounter_id = ?')
    .get(encounterId) ?? { status: 'scheduled', confirmation: null, sp_status: 'open' }

/** What stands of an encounter, by subject: the marks of the examiner and the answers of the SP. */
export function marksOf({ db }: Laptop, encounterId: EncounterId): Map<string, string> {
  const rows = db
    .prepare<{ id: string }, { subject: string; value: string }>(
      `SELECT 'rating ' || item_id AS subject, coalesce(points, 'no opportunity') AS value FROM rating
         WHERE encounter_id = @id AND taken_back = 0
       UNION ALL SELECT 'note ' || item_id, text FROM note WHERE encounter_id = @id AND text <> ''
       UNION ALL SELECT 'mark ' || id, json_array(cue, quote) FROM mark WHERE encounter_id = @id AND undone = 0
       UNION ALL SELECT 'global-rating', global_rating FROM encounter_state
         WHERE encounter_id = @id AND global_rating IS NOT NULL
       UNION ALL SELECT 'sp-answer ' || statement, coalesce(points, 'not applicable') FROM sp_answer
         WHERE encounter_id = @id AND taken_back = 0
       UNION ALL SELECT 'sp-comment', sp_comment FROM encounter_state WHERE encounter_id = @id AND sp_comment <> ''`,
    )
    .all({ id: encounterId })
  return new Map(rows.map(({ subject, value }) => [subject, value]))
}

const heardOn = ({ db }: Laptop, encounterId: EncounterId) => createEncounterRepository(db).heard(encounterId)

/** What one laptop takes, by what it knows: the rules of the services, in few words. The first is the director's. */
export const lawful: Rules = (here, encounterId, { payload, laptop }) => {
  const { status, confirmation, sp_status } = stateOf(here, encounterId)
  const isOpen = status === 'open'
  const mayAnswer = confirmation !== null && sp_status === 'open' && status !== 'absent'
  const marks = marksOf(here, encounterId)
  switch (payload.type) {
    case 'mark.amended': {
      const form = 'markId' in payload.says ? null : formOf(payload.says)
      const isSubmitted = form !== null && (form === 'sp' ? sp_status : status) === 'submitted'
      return laptop === 0 && isSubmitted ? { ...payload, heard: heardOn(here, encounterId) } : null
    }
    case 'identity.confirmed':
      return isOpen || status === 'scheduled' ? payload : null
    case 'identity.withdrawn':
      return isOpen && marks.size === 0 ? payload : null
    case 'absence.declared':
      return status === 'scheduled' ? payload : null
    case 'absence.withdrawn':
      return status === 'absent' ? payload : null
    case 'encounter.submitted':
      return isOpen ? { ...payload, heard: heardOn(here, encounterId) } : null
    case 'sp-form.submitted':
      return mayAnswer ? { ...payload, heard: heardOn(here, encounterId) } : null
    case 'sp-answer.recorded':
    case 'sp-comment.recorded':
      return mayAnswer ? payload : null
    // No two laptops make a moment of the same id.
    case 'mark.made':
      return isOpen ? { ...payload, markId: momentIdSchema.parse(`${payload.markId}-${laptop}`) } : null
    case 'mark.annotated':
    case 'mark.undone':
    case 'red-flag.reviewed': {
      const known = [...marks.keys()].find((subject) => subject.startsWith(`mark ${payload.markId}-`))
      const isNow = isOpen || payload.type === 'red-flag.reviewed'
      return isNow && known ? { ...payload, markId: momentIdSchema.parse(known.slice(5)) } : null
    }
    case 'rating.recorded':
    case 'note.recorded':
    case 'global-rating.recorded':
      return isOpen ? payload : null
    case 'clock.changed':
    case 'incident.recorded':
      return payload
  }
}
