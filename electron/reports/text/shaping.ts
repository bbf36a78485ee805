import { fontFile, type FontFamily, type FontStyle } from '../fonts.ts'
import { mirrored } from './bidi.ts'
import { openFace, type Face, type Piece } from './face.ts'
import {
  familyOf,
  graphemes,
  isEmoji,
  isInvisible,
  isPlain,
  withoutDirectionMarks,
  type ScriptContext,
} from './scripts.ts'
import type { Part } from './subset.ts'

/** Part of a word in one face, shaped. Widths are in thousandths of an em. */
export interface Segment {
  readonly face: Face
  readonly rightToLeft: boolean
  /** In logical order. */
  readonly text: string
  /** In visual order, from left to right. */
  readonly pieces: readonly Piece[]
  /** For each piece, how much closer than its own advance the next one stands. */
  readonly kerns: readonly number[]
  readonly width: number
}

export const isSpace = (segment: Segment): boolean => segment.text.trim() === ''

/** How a word is to be shaped. */
export interface Shaping {
  readonly style: FontStyle
  readonly rightToLeft: boolean
  readonly context: ScriptContext
}

/** The fonts of a run of documents: files are opened when first needed, words are shaped once. */
export interface FontLibrary {
  /** Shapes text without line ends. Segments come in logical order. */
  shape(text: string, shaping: Shaping): readonly Segment[]
  /** A space that fits behind `segment`. */
  space(segment: Segment): Segment
}

/** Words kept shaped; a report's vocabulary is a few thousand, comments from a large cohort are cut off here. */
const cacheLimit = 30_000

const fallbackOrder: readonly FontFamily[] = ['latin', 'sc', 'jp', 'kr', 'devanagari', 'arabic', 'hebrew']
const unshaped: ReadonlySet<FontFamily> = new Set(['sc', 'jp', 'kr'])

/**
 * Opens the fonts for a run of documents. Share one library among all documents of a batch: reading a font and
 * shaping words costs more than drawing them.
 *
 * @param fontDir the folder of the packaged fonts; without it they come from the installed packages.
 */
export function openFontLibrary(fontDir?: string): FontLibrary {
  const faces = new Map<string, Face>()
  const words = new Map<string, Map<string, readonly Segment[]>>()
  let kept = 0
  const spaces = new Map<Face, Segment>()

  const face = (family: FontFamily, style: FontStyle): Face => {
    const upright = style === 'italic' && family !== 'latin' ? 'regular' : style
    const key = `${family} ${upright}`
    const known = faces.get(key)
    if (known) return known
    const opened = openFace(fontFile(family, upright, fontDir), !unshaped.has(family))
    faces.set(key, opened)
    return opened
  }

  const shapeWord = (text: string, shaping: Shaping): readonly Segment[] => {
    const latin = face('latin', shaping.style)
    const runs = !shaping.rightToLeft && isPlain(text) ? [{ face: latin, text }] : runsOf(text, shaping, face)
    return runs.map((run) =>
      'missing' in run ? missing(latin, run.text) : shapeRun(run.face, run.text, shaping.rightToLeft),
    )
  }

  return {
    shape: (text, shaping) => {
      const { style, rightToLeft, context } = shaping
      const kind = `${style} ${rightToLeft ? context.rightToLeft : 'ltr'} ${context.han}`
      let known = words.get(kind)
      if (!known) words.set(kind, (known = new Map<string, readonly Segment[]>()))
      const found = known.get(text)
      if (found) return found
      if (++kept > cacheLimit) {
        words.clear()
        words.set(kind, (known = new Map<string, readonly Segment[]>()))
        kept = 1
      }
      const segments = shapeWord(withoutDirectionMarks(text), shaping)
      known.set(text, segments)
      return segments
    },
    space: ({ face: own, rightToLeft }) => {
      const wide = own.covers(' ') ? own : face('latin', 'regular')
      const known = spaces.get(wide)
      const space = known ?? shapeRun(wide, ' ', false)
      if (!known) spaces.set(wide, space)
      return rightToLeft ? { ...space, rightToLeft } : space
    },
  }
}

interface FaceRun {
  readonly face: Face
  text: string
}
interface MissingRun {
  readonly missing: true
  readonly text: string
}

/** Splits a word where its face changes. Characters that all scripts share stay with their neighbour's face. */
function runsOf(
  word: string,
  { style, rightToLeft, context }: Shaping,
  face: (family: FontFamily, style: FontStyle) => Face,
): (FaceRun | MissingRun)[] {
  const letters = Array.from(graphemes.segment(word), ({ segment }) => segment)
  const covering = (grapheme: string, candidate: Face): boolean =>
    Array.from(grapheme).every((character) => isInvisible(character) || candidate.covers(character))
  const runs: (FaceRun | MissingRun)[] = []
  const first = letters.map((letter) => familyOf(letter, context)).find((family) => family !== undefined)
  let current = face(first ?? (rightToLeft ? context.rightToLeft : 'latin'), style)
  for (const letter of letters) {
    const family = familyOf(letter, context)
    const wanted = family === undefined ? current : face(family, style)
    const found = covering(letter, wanted)
      ? wanted
      : isEmoji(letter)
        ? undefined
        : fallbackOrder.map((other) => face(other, style)).find((other) => covering(letter, other))
    const last = runs.at(-1)
    if (found === undefined) runs.push({ missing: true, text: letter })
    else if (last && 'face' in last && last.face === found) last.text += letter
    else runs.push({ face: found, text: letter })
    if (found !== undefined) current = found
  }
  return runs
}

/** A box in place of characters that no font has. */
function missing(face: Face, text: string): Segment {
  const piece = face.piece(text, [{ glyph: 0, x: 0, y: 0 }], face.sfnt.advance(0))
  return { face, rightToLeft: false, text, pieces: [piece], kerns: [0], width: piece.advance * face.scale }
}

interface Placed {
  readonly glyph: number
  readonly x: number
  readonly y: number
  readonly advance: number
  readonly characters: number
}

function shapeRun(face: Face, text: string, rightToLeft: boolean): Segment {
  const glyphs = placed(face, text, rightToLeft)
  const clusters = clustersOf(glyphs, text, rightToLeft)
  const pieces: Piece[] = []
  const kerns: number[] = []
  let width = 0
  const put = (piece: Piece, kern: number): void => {
    pieces.push(piece)
    kerns.push(kern * face.scale)
    width += (piece.advance - kern) * face.scale
  }

  for (const cluster of clusters) {
    const [only] = cluster.glyphs
    const advance = cluster.glyphs.reduce((sum, glyph) => sum + glyph.advance, 0)
    const natural = only && cluster.glyphs.length === 1 && only.x === 0 && only.y === 0
    const parts = partsOf(cluster.glyphs)
    const characters = Array.from(cluster.text)
    if (rightToLeft && characters.length > 1) {
      // Readers turn right-to-left text round character by character, so each character needs a piece of its own.
      const letters = characters.filter((character) => !/\p{M}/u.test(character)).length
      const share = Math.floor(advance / Math.max(1, letters))
      const widths = characters.map((character, index) =>
        index === 0 ? advance - share * (letters - 1) : /\p{M}/u.test(character) ? 0 : share,
      )
      for (let index = characters.length - 1; index >= 0; index--) {
        const outermost = index === characters.length - 1
        put(face.piece(characters[index] ?? '', outermost ? parts : [], widths[index] ?? 0), 0)
      }
    } else if (natural) {
      const own = face.sfnt.advance(only.glyph)
      put(face.piece(cluster.text, parts, own), own - advance)
    } else {
      put(face.piece(cluster.text, parts, advance), 0)
    }
  }
  return { face, rightToLeft, text, pieces, kerns, width }
}

/** The glyphs of a run in visual order. */
function placed(face: Face, text: string, rightToLeft: boolean): Placed[] {
  const source = rightToLeft ? Array.from(text, mirrored).join('') : text
  const run = face.shaped ? shaped(face, source, rightToLeft) : null
  if (run === null) {
    return face.font.glyphsForString(source).map(({ id, codePoints }) => ({
      glyph: id,
      x: 0,
      y: 0,
      advance: face.sfnt.advance(id),
      characters: codePoints.length,
    }))
  }
  return run.glyphs.map(({ id, codePoints }, index) => {
    const position = run.positions[index]
    return {
      glyph: id,
      x: position?.xOffset ?? 0,
      y: position?.yOffset ?? 0,
      advance: position?.xAdvance ?? 0,
      characters: codePoints.length,
    }
  })
}

/** null where the shaper fails on a letter of the font that has no anchor (U+08A4): better unshaped than no report. */
function shaped({ font }: Face, source: string, rightToLeft: boolean) {
  try {
    return font.layout(source, undefined, undefined, undefined, rightToLeft ? 'rtl' : 'ltr')
  } catch {
    return null
  }
}

function partsOf(glyphs: readonly Placed[]): Part[] {
  let pen = 0
  return glyphs.map(({ glyph, x, y, advance }) => {
    const part = { glyph, x: Math.round(pen + x), y: Math.round(y) }
    pen += advance
    return part
  })
}

/**
 * Cuts glyphs in visual order into the smallest groups that stand for whole letters. A shaper may merge, split and
 * reorder glyphs within a letter (a conjunct, a base with marks), so cuts are made where the characters used up so
 * far end a letter. Where the counts do not meet, the run is one group.
 */
function clustersOf(
  glyphs: readonly Placed[],
  text: string,
  rightToLeft: boolean,
): { text: string; glyphs: Placed[] }[] {
  const characters = Array.from(text)
  const total = glyphs.reduce((sum, glyph) => sum + glyph.characters, 0)
  if (total !== characters.length) return [{ text, glyphs: [...glyphs] }]

  const ends = new Set<number>()
  let end = 0
  for (const { segment } of graphemes.segment(text)) {
    end += Array.from(segment).length
    ends.add(end)
  }
  const clusters: { text: string; glyphs: Placed[] }[] = []
  let open: Placed[] = []
  let start = 0
  let used = 0
  for (const glyph of rightToLeft ? glyphs.toReversed() : glyphs) {
    if (glyph.characters > 0 && used > start && ends.has(used)) {
      clusters.push({ text: characters.slice(start, used).join(''), glyphs: open })
      open = []
      start = used
    }
    open.push(glyph)
    used += glyph.characters
  }
  if (open.length > 0) clusters.push({ text: characters.slice(start).join(''), glyphs: open })
  if (!rightToLeft) return clusters
  return clusters.toReversed().map((cluster) => ({ ...cluster, glyphs: cluster.glyphs.toReversed() }))
}
