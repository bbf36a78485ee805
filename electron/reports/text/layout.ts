import type { FontStyle } from '../fonts.ts'
import { visualOrder } from './bidi.ts'
import { chunksOf, widthOf, type Atom, type Chunk, type Context, type StyledText } from './chunks.ts'
import { createRecent, type Recent } from './recent.ts'
import { cleaned, graphemes, scriptContext } from './scripts.ts'
import { isSpace, type FontLibrary, type Segment } from './shaping.ts'

/** A stretch of text in one style. Without a style or colour it takes the block's. */
export interface Span {
  readonly text: string
  readonly style?: FontStyle
  /** As `#rrggbb`. */
  readonly color?: string
}

/** What a block of text is given as: plain, or with parts that differ in style. */
export type Inline = string | readonly (string | Span)[]

export interface LayoutOptions {
  /** In points. */
  readonly size: number
  readonly style: FontStyle
  /** As `#rrggbb`. */
  readonly color: string
  /** Points a line may be wide; without it lines end only at `\n`. */
  readonly width?: number
  /** Text beyond this many lines is cut off with an ellipsis. */
  readonly maxLines?: number
}

/** Shaped text in one colour. */
export interface Run {
  readonly segment: Segment
  readonly color: string
}

/** Runs of one direction, in visual order, `x` points from the line's left end. */
export interface Group {
  readonly x: number
  readonly width: number
  readonly level: number
  readonly runs: readonly Run[]
}

/** A line: its groups in logical order, each placed where it is seen. */
export interface Line {
  readonly groups: readonly Group[]
  /** In points. */
  readonly width: number
}

/** Text laid out in lines. */
export interface TextBlock {
  readonly lines: readonly Line[]
  /** Width of the widest line in points. */
  readonly width: number
}

/** Blocks kept laid out. The reports of a batch share most of their sentences: anchors, advice, headings. */
const KEPT = 800

const laidOut = new WeakMap<FontLibrary, Recent<TextBlock>>()

/** Breaks text into lines, orders each line for display and shapes it. */
export function layoutText(library: FontLibrary, text: Inline, options: LayoutOptions): TextBlock {
  const blocks = laidOut.get(library) ?? createRecent<TextBlock>(KEPT)
  laidOut.set(library, blocks)
  return blocks.get(JSON.stringify([text, options]), () => lay(library, text, options))
}

function lay(library: FontLibrary, text: Inline, options: LayoutOptions): TextBlock {
  const spans = spansOf(text, options)
  const context = { library, scripts: scriptContext(spans.map((span) => span.text).join('')) }
  const limit = ((options.width ?? Infinity) * 1000) / options.size
  const lines = filled(chunksOf(spans, context), limit, context)
  const kept = options.maxLines === undefined ? lines : shortened(lines, options.maxLines, limit, context)
  const set = kept.map((atoms) => lineOf(atoms, options.size / 1000))
  return { lines: set, width: Math.max(0, ...set.map((line) => line.width)) }
}

function spansOf(text: Inline, { style, color }: LayoutOptions): StyledText[] {
  const parts = typeof text === 'string' ? [text] : text
  return parts.map((part) =>
    typeof part === 'string'
      ? { text: cleaned(part), style, color }
      : { text: cleaned(part.text), style: part.style ?? style, color: part.color ?? color },
  )
}

function filled(chunks: readonly Chunk[], limit: number, context: Context): Atom[][] {
  const lines: Atom[][] = []
  let line: Atom[] = []
  let width = 0
  const close = (): void => {
    lines.push(line)
    line = []
    width = 0
  }
  for (const chunk of chunks) {
    if (line.length > 0 && width + chunk.wordWidth > limit) close()
    let atoms: readonly Atom[] = chunk.atoms
    if (chunk.wordWidth > limit) {
      while (widthOf(withoutTrailingSpace(atoms)) > limit) {
        const [head, tail] = cut(atoms, limit, context)
        if (tail.length === 0) break
        line = [...head]
        close()
        atoms = tail
      }
    }
    line.push(...atoms)
    width += atoms === chunk.atoms ? chunk.width : widthOf(atoms)
    if (chunk.endsLine) close()
  }
  if (line.length > 0 || lines.length === 0) close()
  return lines
}

function withoutTrailingSpace(atoms: readonly Atom[]): Atom[] {
  const last = atoms.findLastIndex((atom) => !atom.isSpace)
  return atoms.slice(0, last + 1)
}

/** Cuts atoms where they reach `limit`, within a word, but leaves at least one letter before the cut. */
function cut(atoms: readonly Atom[], limit: number, { library, scripts }: Context): [Atom[], Atom[]] {
  let room = limit
  for (const [index, atom] of atoms.entries()) {
    if (atom.width <= room) {
      room -= atom.width
      continue
    }
    const letters = Array.from(graphemes.segment(atom.text), ({ segment }) => segment)
    const part = (from: number, to?: number): Atom => {
      const text = letters.slice(from, to).join('')
      const shaping = { style: atom.span.style, rightToLeft: atom.level % 2 === 1, context: scripts }
      const segments = library.shape(text, shaping)
      return { ...atom, text, segments, width: widthOf(segments) }
    }
    let fitting = index === 0 ? 1 : 0
    for (let tooMany = letters.length; tooMany - fitting > 1;) {
      const middle = Math.floor((fitting + tooMany) / 2)
      if (part(0, middle).width <= room) fitting = middle
      else tooMany = middle
    }
    const head = fitting === 0 ? [] : [part(0, fitting)]
    const tail = fitting === letters.length ? [] : [part(fitting)]
    return [
      [...atoms.slice(0, index), ...head],
      [...tail, ...atoms.slice(index + 1)],
    ]
  }
  return [[...atoms], []]
}

function shortened(lines: readonly Atom[][], maxLines: number, limit: number, context: Context): readonly Atom[][] {
  const last = lines[maxLines - 1]
  const pattern = last?.at(-1)
  if (lines.length <= maxLines || pattern === undefined) return lines.slice(0, maxLines)
  const segments = context.library.shape('…', {
    style: pattern.span.style,
    rightToLeft: false,
    context: context.scripts,
  })
  const width = widthOf(segments)
  const ellipsis: Atom = { ...pattern, text: '…', segments, width, isSpace: false }
  const [head] = cut(last ?? [], limit - width, context)
  return [...lines.slice(0, maxLines - 1), [...withoutTrailingSpace(head), ellipsis]]
}

/**
 * Places the atoms of a line. What is drawn together forms a group, which moves as a whole: text of one level and, from
 * right to left, of one face, since readers of the page take up another font as another stretch of text.
 */
function lineOf(atoms: readonly Atom[], scale: number): Line {
  const seen = withoutTrailingSpace(atoms)
  const groups: { level: number; runs: Run[]; x: number; width: number }[] = []
  for (const { level, segments, span } of seen) {
    for (const segment of segments) {
      const last = groups.at(-1)
      const joins = last?.level === level && (level % 2 === 0 || joinsFace(last.runs, segment))
      const group = joins ? last : { level, runs: [], x: 0, width: 0 }
      if (!joins) groups.push(group)
      group.runs.push({ segment, color: span.color })
      group.width += segment.width * scale
    }
  }
  let x = 0
  for (const group of visualOrder(groups)) {
    group.x = x
    x += group.width
    if (group.level % 2 === 1) group.runs.reverse()
  }
  // The space at a line's end is drawn, though nobody sees it: it parts the words for readers that go by the text.
  const [space] = atoms[seen.length]?.segments ?? []
  const last = groups.at(-1)
  if (space && last?.level === 0) last.runs.push({ segment: space, color: last.runs.at(-1)?.color ?? '' })
  return { groups, width: x }
}

function joinsFace(runs: readonly Run[], segment: Segment): boolean {
  const letters = runs.find((run) => !isSpace(run.segment))
  return letters === undefined || isSpace(segment) || letters.segment.face === segment.face
}
