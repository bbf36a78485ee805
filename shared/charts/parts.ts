import type { CustomSeriesOption, EChartsOption, ScatterSeriesOption } from 'echarts'
import type { ChartTheme } from './chart.ts'

/** What all charts share: still, on their ground, in one type. */
export const plainChart = ({ ink, ground, font, size }: ChartTheme): EChartsOption => ({
  animation: false,
  backgroundColor: ground,
  textStyle: { fontFamily: font, fontSize: size, color: ink },
})

export type RenderItem = Exclude<NonNullable<CustomSeriesOption['renderItem']>, string>
export type RenderApi = Parameters<RenderItem>[1]
export type RenderParams = Parameters<RenderItem>[0]

/** The rectangle that data is drawn in, in the unit of the drawing. */
export type Plot = { x: number; y: number; width: number; height: number }

/** Of a chart with one or more grids; `coordSys` is typed for every kind of them. */
export const plotOf = ({ coordSys }: RenderParams): Plot => coordSys as unknown as Plot

/** Where a place of the data stands in the drawing. */
export function placeOf(api: RenderApi, x: number, y: number): [x: number, y: number] {
  const [left = 0, top = 0] = api.coord([x, y])
  return [left, top]
}

/** How a point looks that was chosen. */
export const chosenPoint = ({ ink }: ChartTheme): Pick<ScatterSeriesOption, 'emphasis'> => ({
  emphasis: { scale: 1.8, itemStyle: { borderColor: ink, borderWidth: 2 } },
})

type TextMore = {
  align?: 'left' | 'center' | 'right'
  fill?: string
  fontWeight?: number
  width?: number
  overflow?: 'truncate'
  backgroundColor?: string
}

/** Text in the drawing's type, centred on its line. */
export const textStyle = (theme: ChartTheme, text: string, more: TextMore = {}) => ({
  text,
  fontFamily: theme.font,
  fontSize: theme.size,
  fill: theme.ink,
  verticalAlign: 'middle' as const,
  ...more,
})

/** Where numbers stand along an axis: thin lines behind the data, numbers in soft ink, its name at its end. */
export const numberAxis = (theme: ChartTheme, name: string, digits: number | null = null) => ({
  type: 'value' as const,
  name,
  nameTextStyle: { color: theme.soft, fontSize: theme.size, fontFamily: theme.font },
  axisLine: { show: true, onZero: false, lineStyle: { color: theme.soft, width: 1 } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: theme.line, width: 1 } },
  axisLabel: {
    color: theme.soft,
    fontSize: theme.size,
    fontFamily: theme.font,
    hideOverlap: true,
    formatter: (value: number) => written(theme, value, digits ?? decimalsOf(value)),
  },
})

/** An upright axis of names, the first on top, cut short where they are wider than `width`. */
export const nameAxis = (theme: ChartTheme, names: string[], width: number) => ({
  type: 'category' as const,
  inverse: true,
  data: names,
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: {
    color: theme.ink,
    fontSize: theme.size,
    fontFamily: theme.font,
    width,
    overflow: 'truncate' as const,
  },
})

/** The name of a horizontal axis, below its middle. */
export const namedBelow = (theme: ChartTheme) => ({ nameLocation: 'middle' as const, nameGap: theme.size * 2.1 })

/** The name of an upright axis, above it and from its left. */
export const namedAbove = (theme: ChartTheme, left: number) => ({
  nameLocation: 'end' as const,
  nameGap: theme.size,
  nameTextStyle: {
    color: theme.soft,
    fontSize: theme.size,
    fontFamily: theme.font,
    align: 'left' as const,
    padding: [0, 0, 0, -left],
  },
})

/** How far apart the numbers of an axis stand, and where it ends: round numbers around all values. */
export type Scale = { min: number; max: number; step: number }

/** A scale with about `steps` steps. Values that are all the same get room on both sides. */
export function scaleOf(values: readonly number[], steps = 6): Scale {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low === high) {
    low -= 1
    high += 1
  }
  const step = roundStep((high - low) / steps)
  return { min: tidy(Math.floor(low / step) * step), max: tidy(Math.ceil(high / step) * step), step }
}

/** The next of 1, 2, 2.5, 5 and 10 times a power of ten. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10
  return tidy(step * power)
}

/** Without what binary fractions leave behind: 0.30000000000000004 is 0.3. */
export const tidy = (value: number): number => Number(value.toPrecision(12))

const decimalsOf = (value: number): number => (tidy(value).toString().split('.')[1] ?? '').length

/** A minus as wide as a plus. */
const minus = (text: string): string => text.replace(/^-/, '−')

/** A number as it stands in the drawing and its words. */
export const written = ({ number }: ChartTheme, value: number, digits: number): string => minus(number(value, digits))

/** "+1.2", "−0.4", "0.0". */
export function signed(theme: ChartTheme, value: number, digits: number): string {
  const text = written(theme, value, digits)
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text.replace(/^−(?=[^1-9]*$)/, '')
}

/** About how wide text is, in the unit of the size. Drawn text is measured; this is to keep room for it. */
export function roomFor(texts: readonly string[], size: number): number {
  const widths = texts.map((text) =>
    Array.from(text).reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.6), 0),
  )
  return Math.ceil(Math.max(0, ...widths) * size)
}

/** Room for the names of rows: they are shortened where they would take more than a third of the drawing. */
export const roomForNames = (names: readonly string[], { size, width }: ChartTheme): number =>
  Math.min(roomFor(names, size), width * 0.3, size * 20)

/** Places of labels that keep `gap` between each other, each as near to its own as that allows. Same order as `wanted`. */
export function keptApart(wanted: readonly number[], gap: number): number[] {
  type Cluster = { members: number[]; sum: number }
  const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b)
  const clusters: Cluster[] = []
  const startOf = ({ members, sum }: Cluster) => sum / members.length - ((members.length - 1) * gap) / 2
  for (const at of order) {
    let cluster: Cluster = { members: [at], sum: wanted[at] ?? 0 }
    for (;;) {
      const before = clusters.at(-1)
      if (!before || startOf(before) + before.members.length * gap <= startOf(cluster)) break
      clusters.pop()
      cluster = { members: [...before.members, ...cluster.members], sum: before.sum + cluster.sum }
    }
    clusters.push(cluster)
  }
  const places = wanted.slice()
  for (const cluster of clusters)
    cluster.members.forEach((at, index) => {
      places[at] = startOf(cluster) + index * gap
    })
  return places
}

/** A colour between two, `share` of the way from the first to the second. */
export function mixed(from: string, to: string, share: number): string {
  const channel = (color: string, at: number) => Number.parseInt(color.slice(at, at + 2), 16)
  const channels = [1, 3, 5].map((at) => {
    const start = channel(from, at)
    return Math.round(start + (channel(to, at) - start) * share)
  })
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** Of two colours the one that is easier to read on a ground. */
export function readableOn(ground: string, one: string, other: string): string {
  const behind = lightness(ground)
  const contrast = (color: string) => {
    const own = lightness(color)
    return (Math.max(own, behind) + 0.05) / (Math.min(own, behind) + 0.05)
  }
  return contrast(one) >= contrast(other) ? one : other
}

/** Relative luminance, 0 to 1, as the Web Content Accessibility Guidelines define it. */
function lightness(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
