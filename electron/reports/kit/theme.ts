import { paperColors } from '#shared/charts/paper.ts'

/** Paper that reports are printed on; sizes in points. */
export type Paper = 'A4' | 'LETTER'

export const paperSizes: Readonly<Record<Paper, { width: number; height: number }>> = {
  A4: { width: 595.28, height: 841.89 },
  LETTER: { width: 612, height: 792 },
}

/** 18 mm in points. */
export const margin = 51.02

/** Sizes of type in points. */
export const type = { small: 8, body: 9, heading: 11, lead: 15, title: 20 } as const

/** Height of a line of text, as a multiple of its size. */
export const leading = 1.4

/**
 * Colours of the screen on white paper. The four domain colours differ in lightness too, and never stand without a
 * word or a shape, so that a report reads the same in black and white.
 */
export const colors = {
  ink: paperColors.ink,
  soft: paperColors.soft,
  line: paperColors.line,
  faint: '#efede6',
  indigo: paperColors.domains[0],
  magenta: paperColors.domains[1],
  ochre: paperColors.domains[2],
  teal: paperColors.domains[3],
  bad: '#b3261e',
} as const

/** How text looks that explains what stands beside it; in small print; and tables of many rows. */
export const soft = { color: colors.soft } as const
export const smallPrint = { size: type.small, ...soft } as const
export const dense = { size: type.small, padding: 1.8 } as const

/** A colour mixed with white; `share` is the part of colour, from 0 (white) to 1. */
export function tint(color: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16)
    return Math.round(255 - (255 - value) * share)
  })
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
