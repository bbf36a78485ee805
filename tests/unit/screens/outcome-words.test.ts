import { expect, test } from 'vitest'
import { declaredStandard } from '#shared/domain/standard.ts'
import { becauseOf } from '#renderer/features/results/candidate/outcome-words.ts'

test.each([
  ['pass', [], 2, ['pass']],
  ['pass', [], 0, ['passMeanOnly']],
  ['fail', ['pass-mark'], 2, ['failMean']],
  ['fail', ['stations'], 2, ['failStations']],
  ['fail', ['pass-mark', 'stations'], 2, ['failBoth']],
  ['fail', ['red-flag'], 2, ['failFlag']],
  ['fail', ['stations', 'red-flag'], 2, ['failStations', 'failFlag']],
  ['incomplete', [], 2, ['incomplete']],
  ['review', [], 2, ['review']],
] as const)('%s with %j not met and %i stations needed is explained as %j', (outcome, unmet, needed, why) => {
  const standard = declaredStandard({ passRule: { passMark: 60, minStationsPassed: needed } })
  expect(becauseOf({ outcome, unmet: [...unmet], standard })).toEqual(why)
})
