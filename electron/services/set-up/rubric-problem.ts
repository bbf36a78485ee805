import type { z } from 'zod'
import type { JsonPath } from '#electron/files/json-source.ts'

type Issue = z.core.$ZodIssue

/** Where a rubric breaks a rule, and what to do about it in words. */
export interface RubricProblem {
  path: JsonPath
  problem: string
}

/** Turns one issue of the rubric schema into a sentence about the rubric `root` as it stands in the file. */
export function rubricProblem(issue: Issue, root: unknown): RubricProblem {
  const path = issue.path.map((segment) => (typeof segment === 'number' ? segment : String(segment)))
  const found = valueAt(root, path)
  const subject = subjectOf(root, path)
  if (found === undefined && path.length > 0) {
    return { path, problem: `the field "${String(path.at(-1))}" is missing from ${ownerOf(root, path.slice(0, -1))}` }
  }
  switch (issue.code) {
    case 'unrecognized_keys': {
      const key = issue.keys[0] ?? ''
      return {
        path: [...path, key],
        problem: `"${key}" is not a field of ${ownerOf(root, path)}; remove it or correct its spelling`,
      }
    }
    case 'invalid_type':
      return {
        path,
        problem: `${subject} must be ${kindNames[issue.expected] ?? issue.expected}, not ${kindOf(found)}`,
      }
    case 'too_small':
      return { path, problem: tooSmall(issue, root, path, found) }
    case 'too_big':
      return { path, problem: tooBig(issue, subject, found) }
    case 'invalid_value':
      return { path, problem: `${subject} is ${shown(found)}; it must be ${issue.values.map(shown).join(' or ')}` }
    case 'invalid_format':
      return { path, problem: `${subject} is ${shown(found)}; it must be ${formatRule(path)}` }
    default:
      return { path, problem: issue.message }
  }
}

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>, root: unknown, path: JsonPath, found: unknown): string {
  const subject = subjectOf(root, path)
  if (issue.origin === 'string') {
    return path.at(-2) === 'anchors'
      ? `point ${Number(path.at(-1)) + 1} of ${ownerOf(root, path.slice(0, -2))} has no description`
      : `${subject} is empty`
  }
  if (issue.origin === 'array') {
    const points = valueAt(root, ['points'])
    return path.at(-1) === 'anchors' && Array.isArray(found) && Array.isArray(points)
      ? `${ownerOf(root, path.slice(0, -1))} describes ${found.length} of ${points.length} points`
      : `${subject} has ${entries(found)}; ${issue.exact ? 'exactly' : 'at least'} ${issue.minimum} needed`
  }
  return `${subject} is ${shown(found)}; it must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`
}

function tooBig(issue: Extract<Issue, { code: 'too_big' }>, subject: string, found: unknown): string {
  if (issue.origin === 'string' && typeof found === 'string') {
    return `${subject} is ${found.trim().length} characters long; at most ${issue.maximum} fit`
  }
  if (issue.origin === 'array') {
    return `${subject} has ${entries(found)}; ${issue.exact ? 'exactly' : 'at most'} ${issue.maximum} allowed`
  }
  return `${subject} is ${shown(found)}; it must be at most ${issue.maximum}`
}

function formatRule(path: JsonPath): string {
  switch (path.at(-1)) {
    case 'key':
      return 'one capital letter from A to Z'
    case 'checksum':
      return '64 hexadecimal digits in lower case'
    case 'language':
      return 'a language tag such as "en" or "pt-BR"'
    default:
      return 'made of letters, digits and hyphens, and begin with a lower-case letter'
  }
}

/** The field itself in words: `"weight" of "Validates"`, `point 3 of "Validates"`. */
function subjectOf(root: unknown, path: JsonPath): string {
  const last = path.at(-1)
  if (last === undefined) return 'the rubric'
  if (typeof last === 'string') return `"${last}" of ${ownerOf(root, path.slice(0, -1))}`
  const list = path.at(-2)
  const owner = ownerOf(root, path.slice(0, -2))
  if (list === 'anchors') return `point ${last + 1} of ${owner}`
  return `entry ${last + 1} of "${String(list)}" of ${owner}`
}

/** The nearest thing with a name at or above `path`, by its title or label, else by its place. */
function ownerOf(root: unknown, path: JsonPath): string {
  if (path.length === 0) return 'the rubric'
  const thing = valueAt(root, path)
  const title = valueAt(thing, ['title']) ?? valueAt(thing, ['label'])
  if (typeof title === 'string' && title.trim() !== '') return `"${title.trim()}"`
  return subjectOf(root, path)
}

function valueAt(root: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((value, segment) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined
    return Reflect.get(value, segment)
  }, root)
}

const kindNames: Record<string, string> = {
  string: 'a text in double quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in square brackets',
  object: 'an object in braces',
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return 'a text'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return String(value)
  return Array.isArray(value) ? 'a list' : 'an object'
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function entries(value: unknown): string {
  const count = Array.isArray(value) ? value.length : 0
  return count === 1 ? '1 entry' : `${count} entries`
}
