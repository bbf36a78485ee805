import type { Group } from './layout.ts'
import { hasRightToLeft } from './scripts.ts'
import { isSpace } from './shaping.ts'

/**
 * Groups are drawn in logical order, so that a reader of the page's content meets them in the order of speech. Where
 * the next group stands to the left of the one before, readers drop the space between them; there the space is made
 * part of the last letter's text instead of being drawn.
 */
export function readableGroups(groups: readonly Group[], size: number): Group[] {
  const readable = [...groups]
  for (let index = 0; index + 1 < readable.length; index++) {
    const group = readable[index]
    const next = readable[index + 1]
    if (!group || !next || next.x >= group.x) continue
    const before = withoutSpaces(group, 'last', size)
    const after = withoutSpaces(next, 'first', size)
    if (before === group && after === next) continue
    readable[index] = endingInSpace(before)
    readable[index + 1] = after
  }
  return readable
}

const isRightToLeft = (group: Group): boolean => group.level % 2 === 1

/** Takes the spaces off the logical beginning or end of a group. */
function withoutSpaces(group: Group, end: 'first' | 'last', size: number): Group {
  const fromLeft = (end === 'first') !== isRightToLeft(group)
  const letter = fromLeft
    ? group.runs.findIndex((run) => !isSpace(run.segment))
    : group.runs.findLastIndex((run) => !isSpace(run.segment))
  if (letter === -1 || letter === (fromLeft ? 0 : group.runs.length - 1)) return group
  const runs = fromLeft ? group.runs.slice(letter) : group.runs.slice(0, letter + 1)
  const spaces = fromLeft ? group.runs.slice(0, letter) : group.runs.slice(letter + 1)
  const width = spaces.reduce((sum, run) => sum + run.segment.width, 0) * (size / 1000)
  return { ...group, runs, x: fromLeft ? group.x + width : group.x, width: group.width - width }
}

function endingInSpace(group: Group): Group {
  const rightToLeft = isRightToLeft(group)
  const at = rightToLeft ? 0 : group.runs.length - 1
  const run = group.runs[at]
  if (!run) return group
  const { segment } = run
  const letter = rightToLeft ? 0 : segment.pieces.length - 1
  // Readers turn text round where it has right-to-left letters; brackets alone are read as they stand.
  const turned = rightToLeft && group.runs.some(({ segment: { text } }) => hasRightToLeft(text))
  const pieces = segment.pieces.map((piece, index) => {
    if (index !== letter) return piece
    const text = turned ? ` ${piece.text}` : `${piece.text} `
    return segment.face.piece(text, piece.parts, piece.advance)
  })
  return { ...group, runs: group.runs.with(at, { ...run, segment: { ...segment, pieces } }) }
}
