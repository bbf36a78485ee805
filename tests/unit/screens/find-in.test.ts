import { expect, test } from 'vitest'
import { findIn } from '#renderer/features/setup/find-in.ts'

test('looking for nothing finds everybody', () => {
  expect(findIn(['Zoë', 'Łukasz'], ' ', (name) => [name])).toEqual(['Zoë', 'Łukasz'])
  expect(findIn(['Zoë', 'Łukasz'], 'ZOE', (name) => [name])).toEqual(['Zoë'])
})
