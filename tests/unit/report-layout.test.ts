import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelsOf, visualOrder } from '#electron/reports/text/bidi.ts'
import { wordParts } from '#electron/reports/text/break.ts'
import { layoutText, type LayoutOptions, type TextBlock } from '#electron/reports/text/layout.ts'
import { cleaned } from '#electron/reports/text/scripts.ts'
import { openFontLibrary } from '#electron/reports/text/shaping.ts'
import { readSfnt } from '#electron/reports/text/sfnt.ts'
import { writeSubset } from '#electron/reports/text/subset.ts'

/** As a list or a web page hands a name on that stands within a sentence. */
const setApart = (text: string): string => `\u2068${text}\u2069`

const library = openFontLibrary()
const look: LayoutOptions = { size: 10, style: 'regular', color: '#000000' }

const letters = new Intl.Segmenter('und', { granularity: 'grapheme' })

const textOf = (block: TextBlock): string[] =>
  block.lines.map((line) =>
    line.groups
      .map((group) => {
        const runs = group.level % 2 === 1 ? group.runs.toReversed() : group.runs
        return runs.map((run) => run.segment.text).join('')
      })
      .join(''),
  )

const scripts = fc.constantFrom(
  ...Array.from('aéß9 -.,()/ \n'),
  'and',
  'محمد',
  'علي',
  'בן',
  '42',
  'क्षि',
  'र्मा',
  '山田',
  'さくら',
  '。',
  '김',
  '🙂',
  '\u2068',
  '\u2069',
  '\u200d',
  '\u0301',
  '\ud800',
)
const anyText = fc.oneof(
  fc.array(scripts, { maxLength: 30 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

describe('laying text out', () => {
  it('loses no character of any text, at any width', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 5, max: 300 }), (text, width) => {
        const seen = textOf(layoutText(library, text, { ...look, width })).join('')

        const visible = (value: string): string =>
          value.replace(/[\s\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
        expect(visible(seen)).toBe(visible(cleaned(text)))
      }),
      { numRuns: 300 },
    )
  })

  it('prints a name with a letter that the shaper fails on', () => {
    const name = 'ࢤمحمد'
    expect(textOf(layoutText(library, name, { ...look, width: 300 }))).toEqual([name])
  })

  it('keeps each line within the width, unless it is a single letter', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 15, max: 300 }), (text, width) => {
        for (const line of layoutText(library, text, { ...look, width }).lines) {
          const seen = line.groups.flatMap((group) => group.runs.map((run) => run.segment.text)).join('')
          if (Array.from(letters.segment(seen.trim())).length > 1) expect(line.width).toBeLessThanOrEqual(width + 0.01)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('keeps to the number of lines asked for', () => {
    const block = layoutText(library, 'word '.repeat(100), { ...look, width: 100, maxLines: 2 })

    expect(block.lines).toHaveLength(2)
    expect(textOf(block)[1]).toMatch(/word…$/)
    expect(block.width).toBeLessThanOrEqual(100)
  })

  it('ends lines where the text does', () => {
    expect(textOf(layoutText(library, 'one\n\ntwo', look))).toEqual(['one', '', 'two'])
  })

  it('sets figures in columns: every digit is as wide as every other', () => {
    const widths = Array.from('0123456789', (digit) => layoutText(library, digit, look).width)

    expect(new Set(widths.map((width) => width.toFixed(3))).size).toBe(1)
  })
})

describe('the order of runs on a line', () => {
  const order = (text: string): string => {
    const levels = levelsOf(text)
    const runs = Array.from(text, (character, index) => ({ character, level: levels[index] ?? 0 }))
    return visualOrder(runs)
      .map((run) => run.character)
      .join('')
  }

  it('turns right-to-left words round within left-to-right text', () => {
    expect(order('see אבג and')).toBe('see גבא and')
  })

  it('keeps numbers upright within right-to-left text', () => {
    expect(order('אב 42 גד')).toBe('דג 42 בא')
  })

  it('leaves what follows a name where it is, when the name is set apart', () => {
    expect(order('no. אבג · 8 of 8')).toBe('no. 8 · גבא of 8')
    expect(order(`no. ${setApart('אבג')} · 8 of 8`).replace(/[\u2068\u2069]/g, '')).toBe('no. גבא · 8 of 8')
  })
})

describe('places where a line may end', () => {
  it.each([
    ['well-being', ['well-', 'being']],
    ['and/or', ['and/', 'or']],
    ['3-4', ['3-4']],
    ['「静か」です。', ['「静', 'か」', 'で', 'す。']],
    ['김민준', ['김민준']],
  ])('%s', (word, parts) => {
    expect(wordParts(word)).toEqual(parts)
  })
})

describe('a font cut down to its used glyphs', () => {
  const [segment] = library.shape('क्षि', {
    style: 'regular',
    rightToLeft: false,
    context: { han: 'sc', rightToLeft: 'arabic' },
  })
  if (!segment) throw new Error('nothing was shaped')
  const { sfnt } = segment.face

  it('holds a letter built of several glyphs as one glyph of the same width', () => {
    const [piece] = segment.pieces
    const subset = readSfnt(writeSubset(sfnt, segment.pieces))

    expect(segment.pieces).toHaveLength(1)
    expect(piece?.text).toBe('क्षि')
    expect(subset.advance(1)).toBe(piece?.advance)
    const outline = subset.outline(1)
    expect(new DataView(outline.buffer, outline.byteOffset).getInt16(0)).toBe(-1)
  })

  it('leaves the font that it was cut from as it was', () => {
    const before = Buffer.from(sfnt.table('glyf') ?? []).toString('base64')
    writeSubset(sfnt, segment.pieces)

    expect(Buffer.from(sfnt.table('glyf') ?? []).toString('base64')).toBe(before)
  })
})
