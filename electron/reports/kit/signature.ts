import type { Block } from './block.ts'
import { columns, rule } from './frames.ts'
import { paragraph } from './text-blocks.ts'
import { colors, smallPrint } from './theme.ts'

/** Three lines to be signed on: name, signature, date. `room` is what a hand needs above them, in points. */
export function signature(role: string, room: number): Block {
  const line: Block = (sheet, width) => ({ ...rule(0.75, colors.soft)(sheet, width), before: room, after: 3 })
  return columns([
    { share: 4, blocks: [line, paragraph(`${role}: name`, smallPrint)] },
    { share: 4, blocks: [line, paragraph('Signature', smallPrint)] },
    { share: 3, blocks: [line, paragraph('Date and time', smallPrint)] },
  ])
}
