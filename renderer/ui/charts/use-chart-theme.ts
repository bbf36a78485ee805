import { usePreferredDark } from '@vueuse/core'
import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { ChartTheme } from '#shared/charts/chart.ts'
import { formatFixed } from '../format.ts'

/** The design's tokens for charts of that width in pixels; they change with the system's light and dark. */
export function useChartTheme(width: Readonly<Ref<number>>): ComputedRef<ChartTheme> {
  const tokens = shallowRef(readTokens())
  watch(usePreferredDark(), () => {
    tokens.value = readTokens()
  })
  return computed(() => ({ ...tokens.value, width: width.value, number: formatFixed }))
}

function readTokens(): Omit<ChartTheme, 'width' | 'number'> {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  // The build writes #ffffff as #fff.
  const colour = (name: string) => token(name).replace(/^#(\w)(\w)(\w)$/, '#$1$1$2$2$3$3')
  return {
    ink: colour('--ink'),
    soft: colour('--soft'),
    line: colour('--line'),
    ground: colour('--card'),
    accent: colour('--accent'),
    domains: [colour('--indigo'), colour('--magenta'), colour('--ochre'), colour('--teal')],
    // A quotation mark would end the attribute of the SVG that it stands in.
    font: token('--font').replaceAll(/["']/g, ''),
    size: 0.75 * (Number.parseFloat(style.fontSize) || 16),
  }
}
