import { expect, test } from 'vitest'
import { arrange, orderAfter, type Column } from '#renderer/features/results/candidates/arrange.ts'
import { cohortOf, played, type Played } from './played-exam.ts'

const submitted = (points: number, sp: number): Played => ({ status: 'submitted', points, sp })
const entries = cohortOf(
  played([submitted(3, 5), submitted(3, 5)], [submitted(5, 2), submitted(2, 2)], [submitted(4, 3), submitted(4, 3)]),
).candidates
const everybody = { search: '', outcome: 'all' } as const
const numbers = (by: Column, down: boolean) =>
  arrange(entries, everybody, { by, down }).map(({ candidate }) => candidate.number)

test.each<[Column, string[]]>([
  ['number', ['1001', '1002', '1003']],
  ['name', ['1001', '1002', '1003']],
  ['score', ['1001', '1002', '1003']],
  ['patients', ['1002', '1003', '1001']],
  ['passed', ['1002', '1001', '1003']],
])('candidates sorted by %s from the lowest', (by, expected) => {
  expect(numbers(by, false)).toEqual(expected)
})

test('a domain is a column like the others', () => {
  const [domain] = cohortOf(played()).domains
  if (!domain) throw new Error('no domain')
  expect(numbers(domain.domainId, true)).toEqual(['1003', '1002', '1001'])
})

test('equals stand in the order of their numbers whichever way the others go', () => {
  const same = cohortOf(played()).candidates
  for (const down of [true, false]) {
    expect(arrange(same, everybody, { by: 'score', down }).map(({ candidate }) => candidate.number)).toEqual([
      '1001',
      '1002',
      '1003',
    ])
  }
})

test('outcomes go from pass over fail and incomplete to review', () => {
  const sorted = arrange(entries, everybody, { by: 'outcome', down: false }).map(({ outcome }) => outcome)
  expect(sorted).toEqual(
    sorted.toSorted(
      (a, b) =>
        ['pass', 'fail', 'incomplete', 'review'].indexOf(a) - ['pass', 'fail', 'incomplete', 'review'].indexOf(b),
    ),
  )
})

test('words start from the front, figures from the highest, and a second press turns either', () => {
  expect(orderAfter({ by: 'number', down: false }, 'name')).toEqual({ by: 'name', down: false })
  expect(orderAfter({ by: 'number', down: false }, 'score')).toEqual({ by: 'score', down: true })
  expect(orderAfter({ by: 'score', down: true }, 'score')).toEqual({ by: 'score', down: false })
})
