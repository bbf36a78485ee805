import { usePreferredDark } from '@vueuse/core'
import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { ChartTheme } from '#shared/charts/chart.ts'

/** The design's tokens for charts of that width in pixels; they change with the system's light and dark. */
export function useChartTheme(width: Readonly<Ref<number>>): ComputedRef<ChartTheme> {
  const tokens = shallowRef(readTokens())
  watch(usePreferredDark(), () => {
    tokens.value = readTokens()
  })
  return computed(() => ({ ...tokens.value, width: width.value, number: written }))
}

function readTokens(): Omit<ChartTheme, 'width' | 'number'> {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: token('--ink'),
    soft: token('--soft'),
    line: token('--line'),
    ground: token('--card'),
    accent: token('--accent'),
    domains: [token('--indigo'), token('--magenta'), token('--ochre'), token('--teal')],
    font: token('--font'),
    size: 0.75 * (Number.parseFloat(style.fontSize) || 16),
  }
}

const written = (value: number, digits: number): string =>
  new Intl.NumberFormat(navigator.languages, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value)
