import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonSourceError } from '#electron/files/json-source.ts'
import { parseRubricFile, rubricChecksum } from '#electron/services/set-up/rubric-file.ts'
import { rubricItems, type Rubric } from '#shared/domain/rubric.ts'

const shipped = readFileSync(fileURLToPath(new URL('../../resources/rubrics/empathy-1.json', import.meta.url)), 'utf8')

/** The shipped file with one passage exchanged; fails where the passage is not found exactly once. */
function edited(passage: string, replacement: string): string {
  expect(shipped.split(passage)).toHaveLength(2)
  return shipped.replace(passage, () => replacement)
}

/** Line (from 1) of the first line of the text that holds the passage. */
function lineWith(text: string, passage: string): number {
  const line = text.split('\n').findIndex((candidate) => candidate.includes(passage)) + 1
  expect(line).toBeGreaterThan(0)
  return line
}

function faultOf(text: string): JsonSourceError {
  try {
    parseRubricFile(text)
  } catch (error) {
    if (error instanceof JsonSourceError) return error
    throw error
  }
  throw new Error('the file was accepted')
}

/** Line (from 1) of a field of an item. */
function lineOfField(text: string, itemId: string, field: string): number {
  const start = lineWith(text, `"id": "${itemId}"`)
  return start + lineWith(text.split('\n').slice(start).join('\n'), `"${field}"`)
}

/** The text without the line at `index`, counted from 0. */
function withoutLine(text: string, index: number): string {
  return text
    .split('\n')
    .filter((_, i) => i !== index)
    .join('\n')
}

describe('the shipped empathy rubric', () => {
  const rubric = parseRubricFile(shipped)

  it('has four domains with three behaviours each, each with five described points', () => {
    expect(rubric.domains.map((domain) => [domain.id, domain.colour, domain.items.length])).toEqual([
      ['perspective-taking', 'indigo', 3],
      ['emotion-naming', 'magenta', 3],
      ['boundary-maintenance', 'ochre', 3],
      ['compassionate-action', 'teal', 3],
    ])
    expect(rubric.points).toHaveLength(5)
  })

  it('describes every point differently and briefly enough to be read at a glance', () => {
    const anchors = rubricItems(rubric).flatMap((item) => item.anchors)
    expect(new Set(anchors).size).toBe(60)
    for (const anchor of anchors) expect(anchor.length, anchor).toBeLessThanOrEqual(110)
    for (const item of rubricItems(rubric)) expect(item.title.length, item.title).toBeLessThanOrEqual(34)
    for (const phrase of rubricItems(rubric).flatMap((item) => item.phrases)) {
      expect(phrase.length, phrase).toBeLessThanOrEqual(26)
    }
  })

  it('rates only the agreed next step against the structural barriers', () => {
    expect(
      rubricItems(rubric)
        .filter((item) => item.structural)
        .map((item) => item.id),
    ).toEqual(['next-step'])
  })

  it('knows the moments, the look-alikes, the red flags and the global rating', () => {
    expect(rubric.moments.map(({ key, id, response }) => `${key} ${id} ${response}`)).toEqual([
      'N named met',
      'X explored met',
      'C checked-back met',
      'A acted-on met',
      'M missed unmet',
      'B blocked unmet',
    ])
    expect(rubric.lookAlikes).toHaveLength(5)
    expect(rubric.redFlags).toHaveLength(7)
    expect(rubric.globalRating.map(({ id }) => id)).toEqual(['clear-fail', 'borderline', 'pass', 'good', 'excellent'])
  })
})

describe('the checksum of a rubric', () => {
  const rubric = parseRubricFile(shipped)

  it('is the one in the file, whatever the order of the fields', () => {
    const { title, ...rest } = rubric
    expect(rubricChecksum({ title, ...rest })).toBe(rubric.checksum)
  })

  it('changes with any text of the rubric', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rubricItems(rubric)), fc.nat(4), (item, point) => {
        const changed: Rubric = structuredClone(rubric)
        const twin = rubricItems(changed).find(({ id }) => id === item.id)
        twin?.anchors.splice(point, 1, 'Says something else.')
        expect(rubricChecksum(changed)).not.toBe(rubric.checksum)
      }),
    )
  })
})

describe('a rubric file that cannot be used', () => {
  it('names the behaviour whose points are not all described', () => {
    const text = withoutLine(shipped, lineOfField(shipped, 'validates', 'anchors') + 2)
    const fault = faultOf(text)
    expect(fault.problem).toBe('"Validates" describes 4 of 5 points')
    expect(fault.line).toBe(lineOfField(text, 'validates', 'anchors'))
    expect(fault.message).toBe(`line ${fault.line}: "Validates" describes 4 of 5 points`)
  })

  it('counts the points also where hardly any is described', () => {
    const at = lineOfField(shipped, 'says-it-back', 'anchors')
    const text = [0, 1, 2].reduce((rest) => withoutLine(rest, at), shipped)
    expect(faultOf(text).message).toBe(`line ${at}: "Says it back" describes 2 of 5 points`)
  })

  it('names the point with an empty description', () => {
    const anchor = rubricItems(parseRubricFile(shipped))[0]?.anchors[2] ?? ''
    const text = edited(anchor, '  ')
    expect(faultOf(text).message).toBe(
      `line ${lineWith(shipped, anchor)}: point 3 of "Asks for the patient’s own view" has no description`,
    )
  })

  it.each([
    [
      'an unknown field',
      '"colour": "ochre",',
      '"colour": "ochre", "color": "ochre",',
      '"color" is not a field of "Boundary maintenance"; remove it or correct its spelling',
    ],
    [
      'a colour that the screens do not have',
      '"colour": "ochre",',
      '"colour": "red",',
      '"colour" of "Boundary maintenance" is "red"; it must be "indigo" or "magenta" or "ochre" or "teal"',
    ],
    [
      'a behaviour with the id of another',
      '"id": "validates",',
      '"id": "asks-view",',
      'the id "asks-view" is used twice',
    ],
    ['a red flag with the id of another', '"id": "coercion",', '"id": "blame",', 'the id "blame" is used twice'],
    ['a key two moments claim', '"key": "X",', '"key": "N",', 'the key "N" is taken'],
    [
      'a key that is no capital letter',
      '"key": "X",',
      '"key": "x",',
      '"key" of "explored it" is "x"; it must be one capital letter from A to Z',
    ],
    [
      'a field of the wrong kind',
      '"language": "en",',
      '"language": 7,',
      '"language" of the rubric must be a text in double quotes, not 7',
    ],
    [
      'an id with a space',
      '"id": "ridicule",',
      '"id": "laughs at",',
      '"id" of "Ridicule" is "laughs at"; it must be made of letters, digits and hyphens, and begin with a lower-case letter',
    ],
    [
      'a title that is too long',
      '"title": "Validates",',
      `"title": "${'V'.repeat(61)}",`,
      `"title" of "${'V'.repeat(61)}" is 61 characters long; at most 60 fit`,
    ],
    [
      'another kind of file',
      '"format": "attune-rubric",',
      '"format": "attune-exam",',
      '"format" of the rubric is "attune-exam"; it must be "attune-rubric"',
    ],
    [
      'a file from a newer format',
      '"formatVersion": 1,',
      '"formatVersion": 2,',
      '"formatVersion" of the rubric is 2; it must be 1',
    ],
    [
      'a field that stands twice',
      '"language": "en",',
      '"language": "en", "language": "de",',
      'the field "language" stands twice in the same object; keep one of them',
    ],
    ['a comment', '"language": "en",', '"language": "en", // English', 'comments are not allowed in this file'],
    ['a missing comma', '"language": "en",', '"language": "en" "x": 1,', 'a comma is missing before this place'],
    [
      'a text that is not closed',
      '"language": "en",',
      '"language": "en,',
      'a text is not closed with a double quote on its line',
    ],
    ['a word that is no value', '"language": "en",', '"language": english,', '"english" is not valid JSON'],
    [
      'a field that tampers with objects',
      '"language": "en",',
      '"language": "en", "__proto__": {},',
      '"__proto__" is not a field of the rubric; remove it or correct its spelling',
    ],
  ])('names the line of %s', (_, passage, replacement, problem) => {
    const fault = faultOf(edited(passage, replacement))
    expect(fault.problem).toBe(problem)
    expect(fault.line).toBe(lineWith(shipped, passage))
  })

  it('names the line of a negative weight', () => {
    const line = lineOfField(shipped, 'notices-cue', 'weight')
    const text = shipped
      .split('\n')
      .map((content, i) => (i === line - 1 ? content.replace('1', '-1') : content))
      .join('\n')
    expect(faultOf(text).message).toBe(`line ${line}: "weight" of "Notices the cue" is -1; it must be more than 0`)
  })

  it('names the object from which a field is missing', () => {
    const text = withoutLine(shipped, lineWith(shipped, '"id": "coercion"') - 1)
    expect(faultOf(text).problem).toBe('the field "id" is missing from "Coercion"')
    expect(faultOf(text).line).toBe(lineWith(text, '"label": "Coercion"') - 1)
  })

  it('names a comma too many before a closing brace', () => {
    const text = edited('"structural": true', '"structural": true,')
    expect(faultOf(text).line).toBe(lineWith(text, '"structural": true') + 1)
    expect(faultOf(text).problem).toContain('comma too many')
  })

  it('reports the first of several faults in reading order', () => {
    const text = edited('"id": "coercion",', '"id": "Coercion!",').replace('"language": "en"', '"language": ""')
    expect(faultOf(text).line).toBe(lineWith(text, '"language"'))
  })

  it('refuses a changed text under an old checksum, and tells the right one', () => {
    const text = edited('"title": "Clinical empathy"', '"title": "Clinical kindness"')
    const fault = faultOf(text)
    expect(fault.line).toBe(lineWith(text, '"checksum"'))
    const right = /[0-9a-f]{64}/.exec(fault.problem)?.[0] ?? ''
    expect(parseRubricFile(text.replace(/"checksum": "\w+"/, `"checksum": "${right}"`)).title).toBe('Clinical kindness')
  })

  it('finds the same line in a file with a byte order mark and Windows line ends', () => {
    const text = `\uFEFF${edited('"colour": "ochre",', '"colour": "red",').replaceAll('\n', '\r\n')}`
    expect(faultOf(text).line).toBe(lineWith(shipped, '"colour": "ochre"'))
  })

  it.each([
    ['an empty file', '', 'the file is empty'],
    ['a file of white space', ' \n\n', 'the file is empty'],
    ['a list', '[]', 'the rubric must be an object in braces, not a list'],
    ['endless nesting', '['.repeat(200_000), 'the brackets are nested too deeply'],
    ['a flood of text', ' '.repeat(1_000_001) + '{}', 'the file is too long: more than 1000000 characters'],
  ])('refuses %s', (_, text, problem) => {
    expect(faultOf(text).message).toBe(`line 1: ${problem}`)
  })

  it('accepts no truncated file, and always answers with a line inside it', () => {
    const lines = shipped.split('\n').length
    fc.assert(
      fc.property(fc.nat(shipped.trimEnd().length - 1), (length) => {
        const fault = faultOf(shipped.slice(0, length))
        expect(fault.line).toBeGreaterThanOrEqual(1)
        expect(fault.line).toBeLessThanOrEqual(lines)
        expect(fault.problem.length).toBeGreaterThan(10)
      }),
      { numRuns: 40 },
    )
  })
})
