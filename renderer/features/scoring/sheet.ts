import { shallowReactive, shallowRef, type ShallowRef } from 'vue'
import type { Mark, RatingValue } from '#shared/domain/encounter.ts'
import type { EncounterRecord } from '#shared/domain/encounter-record.ts'
import type { ItemId, MomentId } from '#shared/domain/ids.ts'
import { about, type Write } from '../../outbox/outbox.ts'

/** Where a note belongs; null: the encounter as a whole. */
export type NotePlace = ItemId | null
const noteKey = (place: NotePlace) => place ?? ''

/**
 * What stands on the sheet, entry by entry, so that one touch draws one row anew. It holds what the host has recorded
 * and, on top of it, what is still on its way.
 */
export type Sheet = {
  readonly ratings: ReadonlyMap<ItemId, RatingValue>
  readonly marks: ReadonlyMap<MomentId, Mark>
  readonly globalRating: ShallowRef<string | null>
  /** What is on disk, by `about`. */
  readonly onDisk: ReadonlySet<string>
  note(place: NotePlace): string
  /** Shows the record of the host, with the waiting writes on top. */
  show(record: EncounterRecord, waiting: readonly Write[]): void
  /** Shows what waits on top of what stands there. */
  showWaiting(waiting: readonly Write[]): void
  /** Shows a write that was just made; `atMs` is where in the encounter it happened, null before it began. */
  apply(write: Write, atMs: number | null): void
  /** A write has reached the disk; `atMs` is where the host put it, null before the encounter began. */
  saved(write: Write, atMs: number | null): void
  clear(): void
}

export function createSheet(): Sheet {
  const ratings = shallowReactive(new Map<ItemId, RatingValue>())
  const notes = shallowReactive(new Map<string, string>())
  const marks = shallowReactive(new Map<MomentId, Mark>())
  const globalRating = shallowRef<string | null>(null)
  const onDisk = shallowReactive(new Set<string>())

  function apply(write: Write, atMs: number | null): void {
    switch (write.channel) {
      case 'rating.record':
        put(ratings, write.input.itemId, write.input.value)
        return
      case 'globalRating.record':
        globalRating.value = write.input.value
        return
      case 'note.record':
        put(notes, noteKey(write.input.itemId), write.input.text || null)
        return
      case 'mark.make': {
        const { markId: id, kind, type } = write.input
        marks.set(id, { id, kind, type, atMs, cue: null, quote: '', review: null })
        return
      }
      case 'mark.annotate': {
        const { markId, cue, quote } = write.input
        const mark = marks.get(markId)
        if (mark !== undefined) marks.set(markId, { ...mark, cue, quote })
        return
      }
      case 'mark.undo':
        marks.delete(write.input.markId)
        return
      case 'incident.record':
      case 'sp.answer':
      case 'sp.comment':
        return
    }
  }

  function showWaiting(waiting: readonly Write[]): void {
    for (const write of waiting) apply(write, 'madeAtMs' in write.input ? (write.input.madeAtMs ?? null) : null)
  }

  function clear(): void {
    for (const map of [ratings, notes, marks]) map.clear()
    onDisk.clear()
    globalRating.value = null
  }

  return {
    ratings,
    marks,
    globalRating,
    onDisk,
    note: (place) => notes.get(noteKey(place)) ?? '',
    show(record, waiting) {
      become(ratings, new Map(record.ratings.map(({ itemId, value }) => [itemId, value])))
      become(notes, new Map(record.notes.filter(({ text }) => text !== '').map((n) => [noteKey(n.itemId), n.text])))
      become(marks, new Map(record.marks.map((mark) => [mark.id, mark])))
      globalRating.value = record.globalRating
      const recorded = [
        ...record.ratings.map(({ itemId }) => `rating:${itemId}`),
        ...record.marks.map(({ id }) => `mark:${id}`),
        ...(record.globalRating === null ? [] : ['global-rating']),
      ]
      for (const key of onDisk) if (!recorded.includes(key)) onDisk.delete(key)
      for (const key of recorded) onDisk.add(key)
      showWaiting(waiting)
    },
    showWaiting,
    apply,
    saved(write, atMs) {
      const key = about(write)
      const gone = write.channel === 'mark.undo' || ('value' in write.input && write.input.value === null)
      if (gone) onDisk.delete(key)
      else if (write.channel !== 'note.record' && write.channel !== 'incident.record') onDisk.add(key)
      if (write.channel !== 'mark.make') return
      const mark = marks.get(write.input.markId)
      if (mark !== undefined) marks.set(mark.id, { ...mark, atMs })
    },
    clear,
  }
}

function put<K, V>(map: Map<K, V>, key: K, value: V | null): void {
  if (value === null) map.delete(key)
  else map.set(key, value)
}

/** Takes over another map's entries and leaves alone what is the same. */
function become<K, V>(map: Map<K, V>, wanted: ReadonlyMap<K, V>): void {
  for (const key of map.keys()) if (!wanted.has(key)) map.delete(key)
  for (const [key, value] of wanted) map.set(key, value)
}
