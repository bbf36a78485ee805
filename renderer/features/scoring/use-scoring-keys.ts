import { useI18n } from 'vue-i18n'
import type { MarkKind } from '#shared/domain/encounter.ts'
import { freeLetter } from '#shared/domain/rubric-keys.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import { useShortcuts, type Shortcut } from '../../ui/use-shortcuts.ts'
import { useMarksStore } from './use-marks-store.ts'

/** What keys do that is more than a mark on the sheet. */
export type ScoringDeeds = {
  focusItem: () => void
  mark: (kind: MarkKind, type: string) => void
  lookAlikes: () => void
  redFlags: () => void
  globalRating: () => void
  cardOfLastMark: () => void
  note: () => void
  sheet: () => void
  finish: () => void
  escape: () => void
}

/** The letters that open the station's papers and lead to the note: free ones, whatever moments the rubric has. */
export function ownLetters(rubric: Rubric): { sheet: string; note: string } {
  const sheet = freeLetter(rubric, 'S')
  return { sheet, note: freeLetter(rubric, 'W', [sheet]) }
}

/** The keyboard of the scoring screen. The sheet of a closed exam is read: no key changes it. */
export function useScoringKeys(rubric: () => Rubric, closed: () => boolean, deeds: ScoringDeeds): void {
  const { t } = useI18n()
  const marks = useMarksStore()

  function step(by: number): void {
    const at = marks.items.findIndex(({ id }) => id === marks.inHand)
    const next = marks.items[(at + by + marks.items.length) % marks.items.length]
    if (next === undefined) return
    marks.hold(next.id)
    deeds.focusItem()
  }

  function rate(value: Parameters<typeof marks.rate>[1]): void {
    const item = marks.itemInHand
    if (item !== null) marks.rate(item.id, value)
  }

  useShortcuts(() => {
    const rating = t('scoring.keys.rating')
    const moments = t('scoring.keys.moments')
    const screen = t('scoring.keys.screen')
    const { sheet, note } = ownLetters(rubric())
    const keys: (Shortcut & { reads?: true })[] = [
      ...rubric().points.map((_, i) => ({
        key: String(i + 1),
        label: t('scoring.keys.rate'),
        group: rating,
        run: () => rate(i + 1),
      })),
      { key: ['0', '-'], label: rubric().noOpportunity.label, group: rating, run: () => rate('no-opportunity') },
      { key: ['Backspace', 'Delete'], label: t('scoring.keys.clear'), group: rating, run: () => rate(null) },
      { key: ['ArrowUp'], label: t('scoring.keys.move'), group: rating, run: () => step(-1), reads: true },
      { key: ['ArrowDown'], label: t('scoring.keys.move'), group: rating, run: () => step(1), reads: true },
      { key: note, label: t('scoring.keys.note'), group: rating, run: deeds.note },
      { key: 'G', label: t('scoring.global.title'), group: rating, run: deeds.globalRating },
      ...rubric().moments.map(({ id, key, label }) => ({
        key,
        label,
        group: moments,
        run: () => deeds.mark('moment', id),
      })),
      { key: 'L', label: t('scoring.keys.lookAlike'), group: moments, run: deeds.lookAlikes },
      { key: 'F', label: t('scoring.keys.redFlag'), group: moments, run: deeds.redFlags },
      { key: 'Q', label: t('scoring.keys.quote'), group: moments, run: deeds.cardOfLastMark },
      { key: ['Mod+Z', 'U'], label: t('scoring.keys.undo'), group: screen, run: marks.undo },
      { key: sheet, label: t('scoring.sheet.title'), group: screen, run: deeds.sheet, reads: true },
      { key: 'Mod+Enter', label: t('scoring.finish.button'), group: screen, run: deeds.finish },
      { key: 'Escape', label: t('scoring.keys.escape'), group: screen, run: deeds.escape, reads: true },
    ]
    return closed() ? keys.filter(({ reads }) => reads) : keys
  })
}
