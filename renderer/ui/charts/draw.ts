import { CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import { toBase64 } from '../../read-upload.ts'
import type { ChartPoint, ChartTheme, DrawnChart } from '#shared/charts/chart.ts'
import { pictureAround, type Picture, type PictureWords } from '#shared/charts/picture.ts'

use([
  CanvasRenderer,
  CustomChart,
  GridComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  ScatterChart,
  SVGRenderer,
  TooltipComponent,
])

/** A chart on the screen. Everything about it is SVG: the content security policy allows no style in HTML. */
export type Drawing = {
  show: (chart: DrawnChart, theme: ChartTheme) => void
  /** Makes one point stand out; null none. */
  choose: (point: ChartPoint | null) => void
  close: () => void
}

export function openDrawing(element: HTMLElement): Drawing {
  const chart = init(element, null, { renderer: 'svg', width: 1, height: 1 })
  return {
    show: (drawn, theme) => {
      chart.resize({ width: theme.width, height: drawn.height })
      chart.setOption({ ...drawn.option, tooltip: tooltipOf(drawn, theme) }, { notMerge: true })
    },
    choose: (point) => {
      chart.dispatchAction({ type: 'downplay' })
      if (point) chart.dispatchAction({ type: 'highlight', seriesId: point.series, dataIndex: point.at })
    },
    close: () => {
      chart.dispose()
    },
  }
}

/** What stands under the pointer, in the words that the keyboard hears. */
function tooltipOf({ points }: DrawnChart, { ink, ground, soft, font, size }: ChartTheme) {
  const words = new Map(points.map((point) => [`${point.series} ${point.at}`, point.words]))
  return {
    trigger: 'item',
    renderMode: 'richText',
    confine: true,
    transitionDuration: 0,
    backgroundColor: ground,
    borderColor: soft,
    textStyle: { color: ink, fontFamily: font, fontSize: size },
    formatter: ({ seriesId = '', dataIndex }: { seriesId?: string; dataIndex: number }) =>
      words.get(`${seriesId} ${dataIndex}`) ?? '',
  }
}

/**
 * The file of a chart, in base64, with its words around it: an SVG in which they are text, or a PNG of twice the size.
 */
export async function pictureOf(
  kind: 'svg' | 'png',
  drawn: DrawnChart,
  theme: ChartTheme,
  words: PictureWords,
): Promise<string> {
  const picture = pictureAround(drawn, theme, words)
  const size = { width: theme.width, height: drawn.height }
  const chart =
    kind === 'svg'
      ? init(null, null, { renderer: 'svg', ssr: true, ...size })
      : init(document.createElement('div'), null, { renderer: 'canvas', devicePixelRatio: SHARPNESS, ...size })
  try {
    chart.setOption(drawn.option)
    if (kind === 'png') return pngOf(picture, chart.renderToCanvas({ pixelRatio: SHARPNESS }), theme)
    return await toBase64(new Blob([svgOf(picture, chart.renderToSVGString(), theme, [words.question, drawn.words])]))
  } finally {
    chart.dispose()
  }
}

/** Pixels of a PNG for each of the drawing. */
const SHARPNESS = 2

function svgOf(
  { width, height, chart, lines }: Picture,
  drawing: string,
  { ground, font }: ChartTheme,
  [title, words]: [title: string, words: string],
): string {
  const inner = drawing.replace(/^<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '')
  const texts = lines.map(
    ({ text, x, y, size, weight, fill }) =>
      `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(text)}</text>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img"`,
    ` width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(title)}</title><desc>${escaped(words)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${ground}"/>`,
    `<g font-family="${font}">${texts.join('')}</g>`,
    `<g transform="translate(${chart.x} ${chart.y})">${inner}</g></svg>`,
  ].join('')
}

function pngOf(
  { width, height, chart, lines }: Picture,
  drawing: CanvasImageSource,
  { ground, font }: ChartTheme,
): string {
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(width * SHARPNESS)
  canvas.height = Math.ceil(height * SHARPNESS)
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('there is no canvas to draw on')
  pen.fillStyle = ground
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(drawing, chart.x * SHARPNESS, chart.y * SHARPNESS)
  pen.scale(SHARPNESS, SHARPNESS)
  for (const { text, x, y, size, weight, fill } of lines) {
    pen.font = `${weight} ${size}px ${font}`
    pen.fillStyle = fill
    pen.fillText(text, x, y)
  }
  return canvas.toDataURL('image/png').replace(/^[^,]*,/, '')
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
