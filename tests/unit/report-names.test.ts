import { expect, it } from 'vitest'
import { withReportNames } from '#electron/reports/report-names.ts'

/** The file names of candidates with these numbers, in their order. */
function namesOf(...numbers: string[]): (string | undefined)[] {
  const names = new Map(
    withReportNames(numbers.map((number) => ({ number }))).map(({ reader, name }) => [reader.number, name]),
  )
  return numbers.map((number) => names.get(number))
}

it('names a report by the candidate’s number', () => {
  expect(namesOf('1001', 'A-12', 'group 3.7')).toEqual(['1001.pdf', 'A-12.pdf', 'group 3.7.pdf'])
})

it('replaces a slash, which no file name can hold', () => {
  expect(namesOf('10/1', '10/2')).toEqual(['10-1.pdf', '10-2.pdf'])
})

it('keeps apart numbers that become one without their slash: the one that needs no change keeps its name', () => {
  expect(namesOf('1/0/1', '1/0-1', '1-0-1')).toEqual(['1-0-1 (3).pdf', '1-0-1 (2).pdf', '1-0-1.pdf'])
})

it('keeps apart numbers that differ in capitals alone, which some systems take for the same', () => {
  expect(namesOf('a1', 'A1', 'a2')).toEqual(['a1 (2).pdf', 'A1.pdf', 'a2.pdf'])
})

it('keeps apart numbers that differ in a last full stop, which file names lose', () => {
  expect(namesOf('7.', '7')).toEqual(['7 (2).pdf', '7.pdf'])
})

it('uses no name that a system keeps for itself', () => {
  expect(namesOf('NUL', 'file-nul')).toEqual(['file-NUL (2).pdf', 'file-nul.pdf'])
})

it('gives the same names whatever the order of the list', () => {
  expect(namesOf('10/1', '10-1')).toEqual(namesOf('10-1', '10/1').toReversed())
})
