import type { Mark } from '#shared/domain/encounter.ts'
import { markSign } from '#shared/domain/mark-entry.ts'
import type { StationResult } from '#shared/domain/results.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import type { Block } from '../kit/block.ts'
import { figure, type FigureCanvas } from '../kit/frames.ts'
import { colors, type } from '../kit/theme.ts'
import { moment, time } from '../words.ts'

const RADIUS = 7
/** Two rows of labels, so that neighbours do not write over each other. */
const LABEL_ROWS = [28, 37] as const
const HEIGHT = 48
const NOTHING = 'No moments were marked.'
/** In front of the line of the encounter, for what was marked before it: its words need at least this. */
const BEFORE_WIDTH = 60

type Sign = { letter: string; label: string; color: string; shape: 'circle' | 'diamond' }

/** One encounter from its start to its end, with what the examiner marked; red flags stay out of a candidate's report. */
export function timeline(result: StationResult, rubric: Rubric): Block {
  const marks = result.marks.filter(({ kind }) => kind !== 'red-flag')
  return figure(inWords(result, marks, rubric), HEIGHT, (canvas, width) => {
    // What was marked before the encounter began stands in front of its line.
    const early = marks.filter(({ atMs }) => atMs === null).length
    const start = early === 0 ? 0 : Math.max(BEFORE_WIDTH, (early + 1) * (2 * RADIUS + 1))
    const x = (ms: number | null) =>
      ms === null
        ? RADIUS
        : start + RADIUS + (Math.min(ms, result.lengthMs) / Math.max(1, result.lengthMs)) * (width - start - 2 * RADIUS)
    canvas.line(start, 14, width, 14, { stroke: colors.line, lineWidth: 1.5 })
    if (marks.length === 0) {
      canvas.label(NOTHING, width / 2, LABEL_ROWS[0], { size: 7, color: colors.soft, align: 'center' })
    }
    const rowEnds = LABEL_ROWS.map(() => -Infinity)
    let last = -Infinity
    for (const mark of marks) {
      const sign = signOf(mark, rubric)
      // Marks within a second of each other stand side by side.
      const at = Math.min(width - RADIUS, Math.max(x(mark.atMs), last + 2 * RADIUS + 1))
      last = at
      drawSign(canvas, at, sign)
      const half = sign.label.length * 1.95
      const row = rowEnds.findIndex((end) => at - half > end + 3)
      if (row >= 0) {
        rowEnds[row] = at + half
        const inside = Math.min(width - half, Math.max(half, at))
        canvas.label(sign.label, inside, LABEL_ROWS[row] ?? LABEL_ROWS[0], {
          size: 7,
          color: colors.soft,
          align: 'center',
        })
      }
    }
    if (early > 0) canvas.label(moment(null), 0, 44, { size: 7, color: colors.soft })
    canvas.label('0:00', start, 44, { size: 7, color: colors.soft })
    canvas.label(time(result.lengthMs), width, 44, { size: 7, color: colors.soft, align: 'right' })
  })
}

function drawSign(canvas: FigureCanvas, at: number, { letter, color, shape }: Sign): void {
  const paint = { fill: '#ffffff', stroke: color, lineWidth: 1.2 }
  if (shape === 'circle') canvas.circle(at, 14, RADIUS, paint)
  else {
    const r = RADIUS + 1.5
    canvas.polygon(
      [
        [at, 14 - r],
        [at + r, 14],
        [at, 14 + r],
        [at - r, 14],
      ],
      paint,
    )
  }
  canvas.label(letter, at, 14, { size: letter === '×' ? 11 : type.small, style: 'bold', color, align: 'center' })
}

/** The letter and the label of a mark, and how its kind is drawn. */
const signOf = (mark: Mark, rubric: Rubric): Sign => {
  const { letter, label, kind } = markSign(rubric, mark)
  if (kind === 'look-alike') return { letter, label, color: colors.ochre, shape: 'diamond' }
  return { letter, label, color: kind === 'met' ? colors.teal : colors.bad, shape: 'circle' }
}

function inWords(result: StationResult, marks: readonly Mark[], rubric: Rubric): string {
  if (marks.length === 0) return NOTHING
  const list = marks.map((mark) => `${moment(mark.atMs)} ${signOf(mark, rubric).label}`)
  return `Moments of an encounter of ${time(result.lengthMs)}: ${list.join('; ')}.`
}
