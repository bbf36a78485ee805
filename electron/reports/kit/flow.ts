import { gapBetween, type Block, type Laid } from './block.ts'
import type { Element, Sheet } from './sheet.ts'

/** Blocks flowing down pages. */
export interface Flow {
  /** Puts blocks below what is there, on new pages where they do not fit. */
  add(...blocks: Block[]): void
  /** Goes on at the top of a new page. */
  newPage(): void
  /** Pages so far. */
  pages(): number
}

/** The room for blocks on every page, in points from its upper left corner. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly bottom: number
}

/** Where blocks are drawn: the element that they stand in, and the way to a new page. */
export interface Target {
  readonly root: Element
  addPage(): void
}

/** A flow from the top of a first page. Without a target nothing is drawn: it tells how many pages blocks would take. */
export function createFlow(sheet: Sheet, { left, top, width, bottom }: Area, target?: Target): Flow {
  let pages = 1
  let y = top
  let above: Laid | undefined

  const newPage = (): void => {
    target?.addPage()
    pages += 1
    y = top
    above = undefined
  }
  const heightOf = (laid: Laid): number => laid.slices[0]?.height ?? 0

  return {
    newPage,
    pages: () => pages,
    add: (...blocks) => {
      const laids = blocks.map((block) => block(sheet, width))
      laids.forEach((laid, index) => {
        let needed = gapBetween(above, laid) + heightOf(laid)
        for (let at = index, next = laids[at + 1]; laids[at]?.keepsWithNext && next; at++, next = laids[at + 1]) {
          needed += gapBetween(laids[at], next) + heightOf(next)
        }
        if (above !== undefined && y + needed > bottom) newPage()
        y += gapBetween(above, laid)
        if (target) laid.open(target.root)
        laid.slices.forEach((slice, at) => {
          if (at > 0 && y + slice.height > bottom) {
            newPage()
            if (target) laid.repeated?.draw(left, y)
            y += laid.repeated?.height ?? 0
          }
          if (target) slice.draw(left, y)
          y += slice.height
        })
        if (target) laid.close()
        above = laid
      })
    },
  }
}
