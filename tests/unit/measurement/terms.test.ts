import { expect, test } from 'vitest'
import { hasPhrase } from '#shared/locales/phrase.ts'
import { dataProblems } from '#shared/measurement/data/data-problem.ts'
import { methods, reasons, warnings } from '#shared/measurement/terms.ts'

test.each([
  ['methods', methods],
  ['problems', dataProblems],
  ['reasons', reasons],
  ['warnings', warnings],
] as const)('each of the %s has its sentence and stands in order', (part, codes) => {
  expect(codes.filter((code) => !hasPhrase(`measurement.${part}.${code}`))).toEqual([])
  expect(codes).toEqual([...codes].toSorted())
})
