import type { ChartTheme, DrawnChart } from './chart.ts'

/** What stands around a chart that leaves the screen. */
export type PictureWords = {
  /** What the chart answers. */
  question: string
  caveat: string
  /** Whose figures they are, and whether they are real. */
  source: string
}

/** One line of text; `x` and `y` are where its baseline begins. */
export type PictureLine = { text: string; x: number; y: number; size: number; weight: 400 | 600; fill: string }

/** A chart with its words around it; every length in the unit of the theme's size. */
export type Picture = { width: number; height: number; chart: { x: number; y: number }; lines: PictureLine[] }

const LEADING = 1.45

/**
 * Where things stand in the picture of a chart: its question and its sentence above it, its caveat and source below, in lines
 * that end within the picture.
 */
export function pictureAround(
  drawn: DrawnChart,
  theme: ChartTheme,
  { question, caveat, source }: PictureWords,
): Picture {
  const margin = theme.size * 1.5
  const lines: PictureLine[] = []
  let y = margin
  const write = (text: string, size: number, weight: 400 | 600, fill: string) => {
    // Bold letters are wider.
    for (const line of wrapped(text, theme.width, weight === 600 ? size * 1.1 : size)) {
      lines.push({ text: line, x: margin, y: y + size, size, weight, fill })
      y += size * LEADING
    }
  }
  write(question, theme.size * 1.5, 600, theme.ink)
  y += theme.size * 0.3
  write(drawn.words, theme.size, 400, theme.ink)
  y += theme.size
  const chart = { x: margin, y }
  y += drawn.height + theme.size
  write(caveat, theme.size, 400, theme.soft)
  y += theme.size * 0.5
  write(source, theme.size, 600, theme.ink)
  return { width: theme.width + margin * 2, height: y + margin, chart, lines }
}

/** Text in lines of at most that width, broken between words, and within a word that is wider than a line. */
export function wrapped(text: string, width: number, size: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).flatMap((one) => pieces(one, width, size))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && widthOf(longer, size) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line === '' ? lines : [...lines, line]
}

const segmenter = new Intl.Segmenter()

/** A word as it is, or in parts that each fit a line. */
function pieces(word: string, width: number, size: number): string[] {
  const parts: string[] = []
  let part = ''
  for (const { segment } of segmenter.segment(word)) {
    if (part !== '' && widthOf(part + segment, size) > width) {
      parts.push(part)
      part = ''
    }
    part += segment
  }
  return part === '' ? parts : [...parts, part]
}

/**
 * About how wide text is, rather too wide: whoever opens the picture may have wider letters than this screen, and the lines
 * of an SVG stay as they were broken.
 */
function widthOf(text: string, size: number): number {
  const ems = Array.from(text).reduce((sum, character) => sum + emsOf(character), 0)
  return ems * size
}

function emsOf(character: string): number {
  if ((character.codePointAt(0) ?? 0) > 0x2e7f) return 1
  return /\p{Lu}/u.test(character) ? 0.72 : 0.54
}
