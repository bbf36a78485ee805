import type { ChartTheme } from './chart.ts'

/**
 * A chart's colours on white paper, whatever the screen's are. The domain colours differ in lightness too, so that a chart
 * reads the same in black and white.
 */
export const paperColors = {
  ink: '#1c2330',
  soft: '#5a6473',
  line: '#d9d6cd',
  ground: '#ffffff',
  accent: '#0f6b63',
  domains: ['#3f51b5', '#b0306a', '#9a6200', '#0f6b63'],
} as const satisfies Partial<ChartTheme>
