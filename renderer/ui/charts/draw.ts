import { CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import { toBase64 } from '../../read-upload.ts'
import type { ChartPoint, ChartTheme, DrawnChart } from '#shared/charts/chart.ts'

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

/** The file of a chart, in base64: an SVG with its words for whom cannot see it, or a PNG of twice the size. */
export async function pictureOf(
  kind: 'svg' | 'png',
  drawn: DrawnChart,
  theme: ChartTheme,
  title: string,
): Promise<string> {
  const size = { width: theme.width, height: drawn.height }
  const chart =
    kind === 'svg'
      ? init(null, null, { renderer: 'svg', ssr: true, ...size })
      : init(document.createElement('div'), null, { renderer: 'canvas', devicePixelRatio: 2, ...size })
  try {
    chart.setOption(drawn.option)
    if (kind === 'png') return chart.getDataURL({ type: 'png', pixelRatio: 2 }).replace(/^[^,]*,/, '')
    const described = `<title>${escaped(title)}</title><desc>${escaped(drawn.words)}</desc>`
    return await toBase64(new Blob([chart.renderToSVGString().replace(/^<svg[^>]*>/, (tag) => `${tag}${described}`)]))
  } finally {
    chart.dispose()
  }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
