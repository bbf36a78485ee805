import type { FontStyle } from '../fonts.ts'
import { levelsOf } from './bidi.ts'
import { wordParts } from './break.ts'
import { hasRightToLeft, type ScriptContext } from './scripts.ts'
import type { FontLibrary, Segment } from './shaping.ts'

/** A stretch of text in one style and colour, `#rrggbb`. */
export interface StyledText {
  readonly text: string
  readonly style: FontStyle
  readonly color: string
}

/** The smallest stretch that is shaped at once: part of a word, or spaces, in one span and one direction. */
export interface Atom {
  readonly text: string
  readonly span: StyledText
  readonly level: number
  readonly segments: readonly Segment[]
  /** In thousandths of an em. */
  readonly width: number
  readonly isSpace: boolean
}

/** Atoms between two places where a line may end; spaces come last. Widths in thousandths of an em. */
export interface Chunk {
  readonly atoms: Atom[]
  width: number
  /** Width without the spaces at its end. */
  wordWidth: number
  endsLine: boolean
}

/** What shaping needs to know of the whole text. */
export interface Context {
  readonly library: FontLibrary
  readonly scripts: ScriptContext
}

/** Cuts text where a line may end, and shapes it. */
export function chunksOf(spans: readonly StyledText[], { library, scripts }: Context): Chunk[] {
  const full = spans.map((span) => span.text).join('')
  const levels = hasRightToLeft(full) ? levelsOf(full) : undefined
  const chunks: Chunk[] = []
  let chunk: Chunk | undefined
  let mayBreak = true
  let offset = 0

  const open = (): Chunk => {
    const opened: Chunk = { atoms: [], width: 0, wordWidth: 0, endsLine: false }
    chunks.push(opened)
    return opened
  }
  const add = (span: StyledText, text: string, level: number): void => {
    const isSpace = text.startsWith(' ')
    const before = isSpace ? chunk?.atoms.at(-1)?.segments.at(-1) : undefined
    const segments = before
      ? Array.from(text, () => library.space(before))
      : library.shape(text, { style: span.style, rightToLeft: level % 2 === 1, context: scripts })
    const width = widthOf(segments)
    if (chunk === undefined || (mayBreak && !isSpace)) chunk = open()
    chunk.atoms.push({ text, span, level, segments, width, isSpace })
    chunk.width += width
    if (!isSpace) chunk.wordWidth = chunk.width
    mayBreak = isSpace
  }

  for (const span of spans) {
    for (const { 0: token, index } of span.text.matchAll(/\n| +|[^ \n]+/g)) {
      if (token === '\n') {
        chunk ??= open()
        chunk.endsLine = true
        chunk = undefined
        mayBreak = true
        continue
      }
      let start = offset + index
      for (const part of wordParts(token)) {
        if (start > offset + index) mayBreak = true
        if (levels) for (const run of levelRuns(part, levels, start)) add(span, run.text, run.level)
        else add(span, part, 0)
        start += part.length
      }
    }
    offset += span.text.length
  }
  return chunks
}

function levelRuns(text: string, levels: Uint8Array, start: number): { text: string; level: number }[] {
  const runs: { text: string; level: number }[] = []
  for (let at = 0; at < text.length;) {
    const level = levels[start + at] ?? 0
    let end = at + 1
    while (end < text.length && levels[start + end] === level) end++
    runs.push({ text: text.slice(at, end), level })
    at = end
  }
  return runs
}

/** Side by side, in thousandths of an em. */
export const widthOf = (parts: readonly { readonly width: number }[]): number =>
  parts.reduce((sum, part) => sum + part.width, 0)
