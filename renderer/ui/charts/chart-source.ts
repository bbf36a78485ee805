import { inject, provide, toValue, type InjectionKey, type MaybeRefOrGetter } from 'vue'

const sourceKey: InjectionKey<MaybeRefOrGetter<string>> = Symbol('whose figures charts show')

/** Says for every chart of a screen whose figures it shows, and whether they are real: it stands on what is saved. */
export function provideChartSource(source: MaybeRefOrGetter<string>): void {
  provide(sourceKey, source)
}

/** Whose figures a chart shows; empty where no screen says. */
export function useChartSource(): () => string {
  const source = inject(sourceKey, '')
  return () => toValue(source)
}
