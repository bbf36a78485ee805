import type { Element, Sheet } from './sheet.ts'

/** Part of a block that is never split between pages. */
export interface Slice {
  /** In points. */
  readonly height: number
  /** Draws with the upper left corner at `x`, `y`. */
  draw(x: number, y: number): void
}

/** A block laid out for a width. Distances in points. */
export interface Laid {
  /** Distance kept from the block above; of two neighbours' distances the larger one holds. */
  readonly before: number
  readonly after: number
  readonly slices: readonly Slice[]
  /** The block stays on the page of the next block's first slice. */
  readonly keepsWithNext?: boolean
  /** Drawn again at the top of a page on which the block goes on. */
  readonly repeated?: Slice
  /** Puts the block's elements below `parent`; called before the first slice is drawn. */
  open(parent: Element): void
  /** Ends the block's elements; called after the last slice. */
  close(): void
}

/** Part of a report, from a heading to a table: it can lay itself out for a width. */
export type Block = (sheet: Sheet, width: number) => Laid

/** Blocks below each other that stay together. */
export interface Stack {
  /** Distance that the first block keeps from what is above. */
  readonly before: number
  readonly height: number
  draw(x: number, y: number, parent: Element): void
}

/** Distance between two blocks. */
export const gapBetween = (above: Laid | undefined, below: Laid): number =>
  above === undefined ? 0 : Math.max(above.after, below.before)

/** Lays blocks out below each other, to be drawn at once. */
export function stack(sheet: Sheet, width: number, blocks: readonly Block[]): Stack {
  const placed: { laid: Laid; top: number }[] = []
  let height = 0
  for (const block of blocks) {
    const laid = block(sheet, width)
    const top = height + gapBetween(placed.at(-1)?.laid, laid)
    placed.push({ laid, top })
    height = top + laid.slices.reduce((sum, slice) => sum + slice.height, 0)
  }
  return {
    before: placed[0]?.laid.before ?? 0,
    height,
    draw: (x, y, parent) => {
      for (const { laid, top } of placed) {
        laid.open(parent)
        let at = y + top
        for (const slice of laid.slices) {
          slice.draw(x, at)
          at += slice.height
        }
        laid.close()
      }
    },
  }
}
