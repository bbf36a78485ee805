type TableColumns = {
  /** What tells its rows apart. */
  readonly key: readonly [string, ...string[]]
  readonly others: readonly string[]
}

/** The tables that screens read, each a fold over the ledger, and their columns in the order of a row. */
export const projectionColumns = {
  encounter_state: {
    key: ['encounter_id'],
    others: [
      ...['status', 'identity_confirmed', 'global_rating', 'global_rating_event', 'absence_reason', 'missing'],
      ...['clock', 'clock_reading', 'sp_status', 'sp_comment', 'sp_comment_event'],
      ...['confirmation', 'standing_event', 'clock_event'],
    ],
  },
  rating: { key: ['encounter_id', 'item_id'], others: ['points', 'rater_id', 'event_id', 'at_ms', 'taken_back'] },
  note: { key: ['encounter_id', 'item_id'], others: ['text', 'event_id'] },
  mark: {
    key: ['encounter_id', 'id'],
    others: ['kind', 'type', 'rater_id', 'at_ms', 'cue', 'quote', 'review', 'review_event', 'undone', 'event_id'],
  },
  incident: { key: ['event_id'], others: ['encounter_id', 'kind', 'text', 'at_ms'] },
  sp_answer: { key: ['encounter_id', 'statement'], others: ['points', 'event_id', 'taken_back'] },
  amendment: { key: ['event_id'], others: ['encounter_id'] },
  conflict: { key: ['encounter_id', 'subject'], others: ['heads'] },
} as const satisfies Record<string, TableColumns>

export type ProjectionTable = keyof typeof projectionColumns

export const projectionTables = Object.keys(projectionColumns) as readonly ProjectionTable[]

/** All columns of a table in the order of a row, its key first. */
export const columnsOf = (table: ProjectionTable): readonly string[] => {
  const { key, others }: TableColumns = projectionColumns[table]
  return [...key, ...others]
}
