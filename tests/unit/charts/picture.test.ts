import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DrawnChart } from '#shared/charts/chart.ts'
import { pictureAround, wrapped } from '#shared/charts/picture.ts'
import { chartTheme } from '#tests/support/charts.ts'

const drawn: DrawnChart = {
  ...{ option: {}, height: 300, points: [] },
  table: { caption: '', columns: [], rows: [] },
  words: 'Scores of 24 candidates.',
}
const words = {
  question: 'How do the scores lie about the mark?',
  caveat: 'Few candidates, so the shape is a rough one. '.repeat(8).trim(),
  source: 'Autumn · Sample data: every person here is invented',
}

test('question and sentence stand above the chart, caveat and source below it, and nothing covers anything', () => {
  const { lines, chart, height, width } = pictureAround(drawn, chartTheme, words)
  const between = (from: number, to: number) => lines.filter(({ y }) => y > from && y < to)
  const textOf = (some: typeof lines) => some.map(({ text }) => text).join(' ')
  expect(textOf(between(0, chart.y))).toBe(`${words.question} ${drawn.words}`)
  expect(textOf(between(chart.y + drawn.height, height))).toBe(`${words.caveat} ${words.source}`)
  expect(between(chart.y, chart.y + drawn.height)).toEqual([])
  expect(lines.filter(({ x }) => x !== chart.x)).toEqual([])
  expect(chart.x + chartTheme.width).toBeLessThan(width)
  lines.slice(1).forEach(({ y, size }, at) => {
    expect(y - (lines[at]?.y ?? 0)).toBeGreaterThan(size)
  })
})

test('where there is no caveat, no room is left for one', () => {
  const { lines, height } = pictureAround(drawn, chartTheme, { ...words, caveat: '', source: '' })
  expect(lines.map(({ text }) => text)).toEqual([words.question, drawn.words])
  expect(height).toBeLessThan(pictureAround(drawn, chartTheme, words).height)
})

test('words are broken into lines that end within the picture, and none is lost', () => {
  expect(wrapped('How hard was it?', 72, 10)).toEqual(['How hard was', 'it?'])
  expect(wrapped('How hard\nwas it?', 800, 10)).toEqual(['How hard was it?'])
  expect(wrapped('HOW HARD WAS', 80, 10)).toEqual(['HOW HARD', 'WAS'])
  const texts = fc.array(fc.stringMatching(/^[a-zé]{1,9}$/), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(texts, (all) => {
      const lines = wrapped(all.join(' '), 120, 10)
      expect(lines.join(' ')).toBe(all.join(' '))
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(22)
    }),
  )
})

test('a word wider than the picture, or a language without spaces, is broken too', () => {
  expect(wrapped('a very-long-unbroken-word', 60, 10)).toEqual(['a', 'very-long-u', 'nbroken-wor', 'd'])
  expect(wrapped('共感は測れるか', 30, 10)).toEqual(['共感は', '測れる', 'か'])
  // A letter stays with its marks.
  expect(wrapped('n\u0303n\u0303n\u0303', 12, 10)).toEqual(['n\u0303', 'n\u0303', 'n\u0303'])
})
