import { canonicalJson } from '#shared/domain/canonical-json.ts'
import { contradictions, subjectOf } from '#shared/domain/conflicts.ts'
import type { EncounterId, EventId } from '#shared/domain/ids.ts'
import type { EncounterEvent, EncounterPayload, LedgerEvent } from '#shared/domain/ledger-event.ts'
import type { Db, RunResult } from './connection.ts'

/** The tables that screens read, each a fold over the ledger. */
export const projectionTables = [
  'encounter_state',
  'rating',
  'note',
  'mark',
  'incident',
  'sp_answer',
  'amendment',
  'conflict',
] as const

export type Projections = {
  /**
   * Brings the tables up to date with one event that came after all others; must run in the transaction that wrote it.
   * Returns how many rows changed.
   */
  apply(event: LedgerEvent): number
  /** The events whose value this entry is about to replace. */
  currentOf(entry: Pick<LedgerEvent, 'encounterId' | 'payload'>): EventId[]
  /** Whether laptops contradict each other about an encounter: after an event of it, `settle` says whether they still do. */
  isContradictory(encounterId: EncounterId): boolean
  /** Says anew what is contradictory among all events of an encounter, given in their order. */
  settle(encounterId: EncounterId, events: readonly EncounterEvent[]): void
  /** Makes the rows of one encounter anew from all its events, given in their order. */
  replay(encounterId: EncounterId, events: readonly EncounterEvent[]): void
}

/** A note that belongs to the whole encounter stands under the empty item. */
const itemKey = (itemId: string | null) => itemId ?? ''

export function createProjections(db: Db): Projections {
  const run = statements(db)
  const apply = (event: LedgerEvent) => (event.encounterId === null ? 0 : applyTo(run, event))
  const settle: Projections['settle'] = (encounterId, events) => {
    run.forgetContradictions.run(encounterId)
    for (const { subject, heads } of contradictions(events)) {
      run.contradiction.run(encounterId, subject, canonicalJson(heads.map(({ id }) => id)))
    }
  }
  return {
    apply,
    settle,
    currentOf: ({ encounterId, payload }) => {
      if (encounterId === null) return []
      if (payload.type !== 'mark.amended') return idsOf(currentEvent(run, encounterId, payload))
      const heads = run.headsOf.get(encounterId, subjectOf(payload.says))
      return heads === undefined
        ? idsOf(currentEvent(run, encounterId, payload.says))
        : (JSON.parse(heads) as EventId[])
    },
    isContradictory: (encounterId) => run.anyContradiction.get(encounterId) !== undefined,
    replay: (encounterId, events) => {
      for (const clear of run.forget) clear.run(encounterId)
      for (const event of withoutReplaced(events)) apply(event)
      settle(encounterId, events)
    },
  }
}

/** Of sayings that replace one another whole, the last alone has to be written. */
function withoutReplaced(events: readonly EncounterEvent[]): EncounterEvent[] {
  const said = new Set<string>()
  return events
    .toReversed()
    .filter(({ payload }) => {
      const subject = wholeSubjectOf(payload)
      if (subject === null) return true
      if (said.has(subject)) return false
      said.add(subject)
      return true
    })
    .reverse()
}

/** What a saying is about that leaves nothing of an earlier one of its kind; null for others. */
function wholeSubjectOf(payload: EncounterPayload): string | null {
  switch (payload.type) {
    case 'clock.changed':
      return 'clock'
    case 'rating.recorded':
    case 'note.recorded':
    case 'sp-answer.recorded':
    case 'global-rating.recorded':
    case 'sp-comment.recorded':
      return subjectOf(payload)
    default:
      return null
  }
}

const idsOf = (current: string | null | undefined): EventId[] => (current ? [current as EventId] : [])

type Statements = ReturnType<typeof statements>

function statements(db: Db) {
  const state = (assignments: string) =>
    db.prepare<Record<string, string | number | null>>(
      `INSERT INTO encounter_state (encounter_id, ${columnsOf(assignments)}) VALUES (@id, ${valuesOf(assignments)})
       ON CONFLICT (encounter_id) DO UPDATE SET ${assignments}`,
    )
  const pluck = (sql: string) => db.prepare<[string, string], string>(sql).pluck()
  const pluckOne = (sql: string) => db.prepare<[string], string | null>(sql).pluck()
  return {
    // Confirmed twice, in two windows, the first confirmation stands.
    confirm: db.prepare<{ id: string; event: string }>(
      `INSERT INTO encounter_state (encounter_id, identity_confirmed, status, confirmation, standing_event)
       VALUES (@id, 1, 'open', @event, @event)
       ON CONFLICT (encounter_id) DO UPDATE SET
         confirmation = CASE identity_confirmed WHEN 1 THEN confirmation ELSE excluded.confirmation END,
         identity_confirmed = 1, status = CASE status WHEN 'submitted' THEN status ELSE 'open' END,
         absence_reason = NULL, standing_event = excluded.standing_event`,
    ),
    unconfirm: state(
      `identity_confirmed = 0, confirmation = NULL, status = 'scheduled', clock = NULL, clock_reading = NULL,
       clock_event = NULL, standing_event = @event`,
    ),
    clock: state('clock = @clock, clock_reading = @reading, clock_event = @event'),
    globalRating: state('global_rating = @value, global_rating_event = @event'),
    submit: state("status = 'submitted', absence_reason = NULL, missing = @missing, standing_event = @event"),
    absent: state("status = 'absent', absence_reason = @reason, standing_event = @event"),
    present: db.prepare<[string, string]>(
      `UPDATE encounter_state SET absence_reason = NULL, standing_event = ?,
         status = CASE identity_confirmed WHEN 1 THEN 'open' ELSE 'scheduled' END WHERE encounter_id = ?`,
    ),
    spComment: state('sp_comment = @text, sp_comment_event = @event'),
    spSubmit: state("sp_status = 'submitted'"),
    // What was taken back keeps its row: the next value still says what it follows.
    rate: db.prepare<[string, string, number | null, string | null, string, number | null, 0 | 1]>(
      `INSERT INTO rating (encounter_id, item_id, points, rater_id, event_id, at_ms, taken_back)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (encounter_id, item_id) DO UPDATE SET points = excluded.points, rater_id = excluded.rater_id,
         event_id = excluded.event_id, at_ms = excluded.at_ms, taken_back = excluded.taken_back`,
    ),
    note: db.prepare<[string, string, string, string]>(
      `INSERT INTO note (encounter_id, item_id, text, event_id) VALUES (?, ?, ?, ?)
       ON CONFLICT (encounter_id, item_id) DO UPDATE SET text = excluded.text, event_id = excluded.event_id`,
    ),
    mark: db.prepare<[string, string, string, string, string | null, number | null, string]>(
      `INSERT INTO mark (id, encounter_id, kind, type, rater_id, at_ms, quote, event_id) VALUES (?, ?, ?, ?, ?, ?, '', ?)
       ON CONFLICT (encounter_id, id) DO NOTHING`,
    ),
    annotate: db.prepare<[number | null, string, string, string, string]>(
      'UPDATE mark SET cue = ?, quote = ?, event_id = ? WHERE encounter_id = ? AND id = ?',
    ),
    undo: db.prepare<[string, string, string]>(
      'UPDATE mark SET undone = 1, event_id = ? WHERE encounter_id = ? AND id = ?',
    ),
    review: db.prepare<[string, string, string, string]>(
      'UPDATE mark SET review = ?, review_event = ? WHERE encounter_id = ? AND id = ?',
    ),
    incident: db.prepare<[string, string, string, string, number | null]>(
      'INSERT INTO incident (event_id, encounter_id, kind, text, at_ms) VALUES (?, ?, ?, ?, ?)',
    ),
    answer: db.prepare<[string, string, number | null, string, 0 | 1]>(
      `INSERT INTO sp_answer (encounter_id, statement, points, event_id, taken_back) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (encounter_id, statement) DO UPDATE SET points = excluded.points, event_id = excluded.event_id,
         taken_back = excluded.taken_back`,
    ),
    ratingEvent: pluck('SELECT event_id FROM rating WHERE encounter_id = ? AND item_id = ?'),
    noteEvent: pluck('SELECT event_id FROM note WHERE encounter_id = ? AND item_id = ?'),
    answerEvent: pluck('SELECT event_id FROM sp_answer WHERE encounter_id = ? AND statement = ?'),
    markEvent: pluck('SELECT event_id FROM mark WHERE encounter_id = ? AND id = ?'),
    reviewEvent: pluck('SELECT review_event FROM mark WHERE encounter_id = ? AND id = ?'),
    amendment: db.prepare<[string, string]>('INSERT INTO amendment (event_id, encounter_id) VALUES (?, ?)'),
    contradiction: db.prepare<[string, string, string]>(
      'INSERT INTO conflict (encounter_id, subject, heads) VALUES (?, ?, ?)',
    ),
    forgetContradictions: db.prepare<[string]>('DELETE FROM conflict WHERE encounter_id = ?'),
    anyContradiction: pluckOne('SELECT 1 FROM conflict WHERE encounter_id = ? LIMIT 1'),
    headsOf: pluck('SELECT heads FROM conflict WHERE encounter_id = ? AND subject = ?'),
    forget: projectionTables.map((table) => db.prepare<[string]>(`DELETE FROM ${table} WHERE encounter_id = ?`)),
    standingEvent: pluckOne('SELECT standing_event FROM encounter_state WHERE encounter_id = ?'),
    globalRatingEvent: pluckOne('SELECT global_rating_event FROM encounter_state WHERE encounter_id = ?'),
    spCommentEvent: pluckOne('SELECT sp_comment_event FROM encounter_state WHERE encounter_id = ?'),
  }
}

const columnsOf = (assignments: string) => assignments.replaceAll(/ = [^,]+/g, '')
const valuesOf = (assignments: string) => assignments.replaceAll(/[a-z_]+ = /g, '')

function applyTo(run: Statements, event: EncounterEvent): number {
  const { id, encounterId, payload } = event
  if (payload.type !== 'mark.amended') return applySaying(run, event, payload).changes
  const { says, saidBy: raterId, saidAtMs: offsetMs } = payload
  const { changes } = run.amendment.run(id, encounterId)
  return changes + applySaying(run, { ...event, raterId, offsetMs }, says).changes
}

function applySaying(
  run: Statements,
  event: EncounterEvent,
  payload: Exclude<EncounterEvent['payload'], { type: 'mark.amended' }>,
): RunResult {
  const { id, encounterId } = event
  switch (payload.type) {
    case 'identity.confirmed':
      return run.confirm.run({ id: encounterId, event: id })
    case 'identity.withdrawn':
      return run.unconfirm.run({ id: encounterId, event: id })
    case 'clock.changed':
      return run.clock.run({
        id: encounterId,
        clock: canonicalJson(payload.state),
        reading: canonicalJson(payload.reading),
        event: id,
      })
    case 'rating.recorded':
      return run.rate.run(
        encounterId,
        payload.itemId,
        points(payload.value),
        event.raterId,
        id,
        event.offsetMs,
        payload.value === null ? 1 : 0,
      )
    case 'note.recorded':
      return run.note.run(encounterId, itemKey(payload.itemId), payload.text, id)
    case 'mark.made':
      return run.mark.run(
        payload.markId,
        encounterId,
        payload.kind,
        payload.markType,
        event.raterId,
        event.offsetMs,
        id,
      )
    case 'mark.annotated':
      return run.annotate.run(payload.cue, payload.quote, id, encounterId, payload.markId)
    case 'mark.undone':
      return run.undo.run(id, encounterId, payload.markId)
    case 'red-flag.reviewed':
      return run.review.run(canonicalJson(payload.review), id, encounterId, payload.markId)
    case 'global-rating.recorded':
      return run.globalRating.run({ id: encounterId, value: payload.value, event: id })
    case 'incident.recorded':
      return run.incident.run(id, encounterId, payload.kind, payload.text, event.offsetMs)
    case 'encounter.submitted':
      return run.submit.run({ id: encounterId, missing: canonicalJson(payload.missing), event: id })
    case 'absence.declared':
      return run.absent.run({ id: encounterId, reason: payload.reason, event: id })
    case 'absence.withdrawn':
      return run.present.run(id, encounterId)
    case 'sp-answer.recorded':
      return run.answer.run(encounterId, payload.statement, points(payload.value), id, payload.value === null ? 1 : 0)
    case 'sp-comment.recorded':
      return run.spComment.run({ id: encounterId, text: payload.text, event: id })
    case 'sp-form.submitted':
      return run.spSubmit.run({ id: encounterId })
  }
}

/** "no opportunity" and "not applicable" stand as NULL beside the points. */
const points = (value: number | string | null): number | null => (typeof value === 'number' ? value : null)

function currentEvent(
  run: Statements,
  encounterId: string,
  payload: LedgerEvent['payload'],
): string | null | undefined {
  switch (payload.type) {
    case 'rating.recorded':
      return run.ratingEvent.get(encounterId, payload.itemId)
    case 'note.recorded':
      return run.noteEvent.get(encounterId, itemKey(payload.itemId))
    case 'sp-answer.recorded':
      return run.answerEvent.get(encounterId, payload.statement)
    case 'mark.annotated':
    case 'mark.undone':
      return run.markEvent.get(encounterId, payload.markId)
    case 'red-flag.reviewed':
      return run.reviewEvent.get(encounterId, payload.markId)
    case 'global-rating.recorded':
      return run.globalRatingEvent.get(encounterId)
    case 'sp-comment.recorded':
      return run.spCommentEvent.get(encounterId)
    case 'identity.confirmed':
    case 'identity.withdrawn':
    case 'encounter.submitted':
    case 'absence.declared':
    case 'absence.withdrawn':
      return run.standingEvent.get(encounterId)
    default:
      return null
  }
}
