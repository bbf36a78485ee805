import type { Amendment, Conflict, Said, Speaker } from '#shared/domain/amendment.ts'
import { markKindSchema } from '#shared/domain/encounter.ts'
import { NAMELESS } from '#shared/domain/exam.ts'
import type { EncounterId, PersonId } from '#shared/domain/ids.ts'
import { parseStamp } from '#shared/domain/hybrid-clock.ts'
import type { EncounterEvent, Saying } from '#shared/domain/ledger-event.ts'
import { saidOf, subjectOf } from '#shared/domain/sayings.ts'
import type { Db } from '../connection.ts'
import { eventFromRow, type EventRow } from '../event-row.ts'

type Amended = { amendments: Amendment[]; conflicts: Conflict[] }

/** What was changed afterwards, and what laptops contradict each other about, of the things that `which` lets through. */
export type AmendmentReader = (encounterId: EncounterId, which: (says: Saying) => boolean) => Amended

const NOTHING: Amended = { amendments: [], conflicts: [] }

export function amendmentReader(db: Db): AmendmentReader {
  const amendments = db.prepare<[string], EventRow>(
    `SELECT event.* FROM amendment JOIN event ON event.id = event_id
     WHERE amendment.encounter_id = ? ORDER BY hlc`,
  )
  const conflicts = db.prepare<[string], { subject: string; heads: string }>(
    'SELECT subject, heads FROM conflict WHERE encounter_id = ? ORDER BY subject',
  )
  const byId = db.prepare<[string], EventRow>('SELECT * FROM event WHERE id = ?')
  const nameOf = db.prepare<[string], string>('SELECT name FROM identity WHERE id = ?').pluck()
  const roleOf = db.prepare<[string], string>('SELECT role FROM person WHERE id = ?').pluck()
  const own = db.prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM own_device WHERE device = ?)').pluck()
  const laptop = db
    .prepare<[string], string>(
      `SELECT nullif(name, '') FROM device_of_key JOIN trusted_key ON trusted_key.public_key = device_of_key.public_key
       WHERE device = ?`,
    )
    .pluck()
  const mark = db.prepare<[string, string], { kind: string; type: string }>(
    'SELECT kind, type FROM mark WHERE encounter_id = ? AND id = ?',
  )

  const speaker = (id: PersonId | null, role: Speaker['role']): Speaker => ({
    id,
    name: (id === null ? undefined : nameOf.get(id)) ?? NAMELESS,
    role,
  })
  const secondPerson = (id: PersonId): Speaker => speaker(id, roleOf.get(id) === 'examiner' ? 'examiner' : 'director')
  const at = (event: EncounterEvent): string => new Date(parseStamp(event.hlc).wallMs).toISOString()
  /** Of events that have not come yet nothing can be told. */
  const saidIn = (id: string, subject: string): Said[] => {
    const row = byId.get(id)
    if (!row) return []
    const event = eventFromRow(row) as EncounterEvent
    const said = saidOf(subject, event.payload)
    if (said === null) return []
    return [
      {
        eventId: event.id,
        ...said,
        by: speaker(event.raterId, event.role),
        at: at(event),
        atMs: event.offsetMs,
        device: event.device,
        laptop: laptop.get(event.device) ?? null,
        own: own.get(event.device) === 1,
      },
    ]
  }
  const aboutOf = (encounterId: EncounterId, says: Saying | undefined): Conflict['about'] => {
    if (says === undefined || !('markId' in says)) return null
    const found = mark.get(encounterId, says.markId)
    return found ? { kind: markKindSchema.parse(found.kind), type: found.type } : null
  }
  const amendmentOf = (encounterId: EncounterId, row: EventRow): Amendment[] => {
    const event = eventFromRow(row) as EncounterEvent
    const { payload } = event
    if (payload.type !== 'mark.amended') return []
    const subject = subjectOf(payload.says)
    return [
      {
        eventId: event.id,
        cause: payload.cause,
        subject,
        about: aboutOf(encounterId, payload.says),
        was: event.supersedes.flatMap((id) => saidIn(id, subject)),
        is: payload.says,
        by: speaker(event.raterId, event.role),
        second: payload.secondId === null ? null : secondPerson(payload.secondId),
        reason: payload.reason,
        at: at(event),
      },
    ]
  }

  return (encounterId, which) => {
    const changed = amendments.all(encounterId)
    const open = conflicts.all(encounterId)
    if (changed.length + open.length === 0) return NOTHING
    return {
      amendments: changed.flatMap((row) => amendmentOf(encounterId, row)).filter(({ is }) => which(is)),
      conflicts: open.flatMap(({ subject, heads: ids }) => {
        const heads = (JSON.parse(ids) as string[]).flatMap((id) => saidIn(id, subject))
        const first = heads[0]?.says
        return first && which(first) ? [{ subject, about: aboutOf(encounterId, first), heads }] : []
      }),
    }
  }
}
